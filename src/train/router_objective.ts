import type { ModelConfig } from '../formats/hf_config';
import type { Recorder } from '../gpu/recorder';
import type { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { gateLoss } from '../kernels/router_losses/gate_loss';
import { routerLossGradient } from '../kernels/router_losses/router_loss_gradient';
import { routerLossValues } from '../kernels/router_losses/router_loss_values';
import { routerStats } from '../kernels/router_stats/router_stats';
import type { Batch } from '../model/batch';
import type { Transformer } from '../model/transformer';
import type { Workspace } from '../model/workspace';
import type { Phase, StepTotals } from './micro_plan';
import type { LossWeights } from './recipe';

export interface RouterObjective {
  /** gate (B), seqProb and seqLoad (L, B, E), seqEntropy, seqTokenGate and seqZ (L, B): see RouterValues. */
  readonly sources: readonly Tensor[];
  load(batch: Batch, totals: StepTotals, losses: LossWeights): void;
  /** After the forward pass, before the backward one. */
  record(recorder: Recorder): void;
}

/**
 * The losses that routers learn from beside the language model's: statistics of every layer, the gate loss over their mean,
 * and its gradient back in every layer. The warm-up's loss falls on every token instead.
 */
export function routerObjective(scope: Scope, workspace: Workspace, config: ModelConfig, model: Transformer, phase: Phase): RouterObjective {
  const { gpu } = scope;
  const { B, T } = model.dims;
  const { experts: E, layers: L } = config;
  const { lengths } = model.inputs;
  const perLayer = (label: string): Tensor => workspace.tensor(label, [L, B]);
  const labels = workspace.tensor('labels', [B]);
  const seqProb = workspace.tensor('sequence probabilities', [L, B, E]);
  const seqLoad = workspace.tensor('sequence load', [L, B, E]);
  const [seqEntropy, seqTokenGate, seqZ] = [perLayer('sequence entropy'), perLayer('sequence token gate'), perLayer('sequence z')];
  const gate = workspace.tensor('gate loss', [B]);
  const dpbar = workspace.tensor('d mean probabilities', [B, E]);
  const pbar = workspace.tensor('mean probabilities', [B, E]);
  const measures = model.routers.flatMap(({ logits, probs, index }, layer) => [
    routerStats(scope, { probs, index, lengths, seqProb, seqLoad, seqEntropy }, { layer, B, T, E, K: index.shape[1] ?? 1 }),
    routerLossValues(scope, { logits, probs, lengths, labels, seqTokenGate, seqZ }, { layer, B, T, E }),
  ]);
  const overall = gateLoss(scope, { seqProb, labels, gate, pbar, dpbar }, { L, B, E, mode: 'nll' });
  const gradients = model.routers.flatMap(({ probs, dprobs }, layer) => dprobs
    ? [routerLossGradient(scope, { dpbar, probs, lengths, labels, seqLoad, dprobs }, { layer, L, B, T, E, mode: phase === 'warmup' ? 'token' : 'sequence' })]
    : []);
  return {
    sources: [gate, seqProb, seqLoad, seqEntropy, seqTokenGate, seqZ],
    load: (batch, totals, { gateLoss: kind, gateWeight, balanceWeight, zWeight }) => {
      gpu.write(labels, batch.labels);
      overall.setMode(kind === 'paper-code' ? kind : 'nll');
      const tuning = phase === 'tune';
      const weight = !tuning ? 1 : kind === 'none' ? 0 : gateWeight;
      for (const gradient of gradients) {
        gradient.setScale(weight / Math.max(totals.sequences, 1));
        gradient.setBalanceScale(tuning ? balanceWeight / (L * totals.microBatches) : 0);
      }
      for (const { op } of model.routers) op.setZScale(tuning ? zWeight / Math.max(totals.tokens * L, 1) : 0);
    },
    record: (r) => {
      for (const op of measures) op.forward(r);
      overall.forward(r);
      for (const gradient of gradients) gradient.backward(r);
    },
  };
}
