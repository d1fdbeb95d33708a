import type { ModelConfig } from '../../formats/hf_config';
import { crossEntropy, MASKED } from '../../kernels/cross_entropy/reference';
import { balanceLoss, gateLoss, gateMeanBackward, gateMeanForward, tokenGateLoss, zLoss } from '../../kernels/router_losses/reference';
import type { Gradients, Weights } from './block';
import { referenceForward, type ReferenceForward, type ReferenceInput } from './model';
import type { RouterGradient } from './routed_ffn';

export interface ReferenceBatch extends ReferenceInput {
  /** As in HF: labels[b][t] is predicted from position t − 1, labels[b][0] is not used, −100 is masked. */
  readonly labels: readonly (readonly number[])[];
  /** The expert of each sequence's dataset, for the gate loss. */
  readonly datasetLabels?: readonly number[];
}

export interface ReferenceLossOptions {
  /** Absent weights are 0: the term is reported, where it can be, and adds nothing. */
  readonly gateWeight?: number;
  readonly gateMode?: 'nll' | 'paper-code' | 'token' | 'none';
  readonly balanceWeight?: number;
  readonly zWeight?: number;
  /** Instead of the config's. */
  readonly topK?: number;
}

/** In nats. loss = lm + gateWeight·gate + balanceWeight·balance + zWeight·z. */
export interface ReferenceLoss {
  readonly loss: number;
  /** Mean over all unmasked labels of the batch. */
  readonly lm: number;
  /** Mean over the sequences; 0 without a gate mode. */
  readonly gate: number;
  /** Mean over the layers, each over all real tokens; 0 in a dense model. */
  readonly balance: number;
  /** Mean over the layers, each over all real tokens; 0 in a dense model. */
  readonly z: number;
}

export function referenceLoss(
  config: ModelConfig, weights: Weights, batch: ReferenceBatch, options: ReferenceLossOptions = {},
): ReferenceLoss {
  return lossOf(config, referenceForward(config, weights, batch, options), batch, options).values;
}

/** The loss and its gradient for every parameter, under the weights' own names. */
export function referenceGradients(
  config: ModelConfig, weights: Weights, batch: ReferenceBatch, options: ReferenceLossOptions = {},
): ReferenceLoss & { readonly gradients: Gradients } {
  const forward = referenceForward(config, weights, batch, options);
  const { values, dlogits, routerGradients } = lossOf(config, forward, batch, options);
  return { ...values, gradients: forward.backward(dlogits, routerGradients) };
}

function lossOf(config: ModelConfig, forward: ReferenceForward, batch: ReferenceBatch, options: ReferenceLossOptions) {
  const { gateWeight = 0, balanceWeight = 0, zWeight = 0 } = options;
  const { lm, dlogits } = languageModelLoss(config, forward, batch);
  const { gate, dgate } = gateTerm(config, forward, batch, options);
  const { B, T, lengths, router } = forward;
  const dims = { B, T, E: config.experts, K: options.topK ?? config.topK };
  const L = router.length;
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  let balance = 0;
  let z = 0;
  const routerGradients = router.map(({ probs, index, lse }, layer): RouterGradient => {
    const even = balanceLoss(probs, index, lengths, dims);
    balance += even.loss / L;
    z += zLoss(lse, lengths, dims) / L;
    const dprobs = even.dprobs.map((d, i) => (balanceWeight / L) * d + gateWeight * (dgate[layer]?.[i] ?? 0));
    return { dprobs, zScale: zWeight / (L * tokens) };
  });
  const values: ReferenceLoss = { loss: lm + gateWeight * gate + balanceWeight * balance + zWeight * z, lm, gate, balance, z };
  return { values, dlogits, routerGradients };
}

/** Mean cross-entropy of the unmasked labels and its gradient for the logits. */
function languageModelLoss({ vocab: V }: ModelConfig, { B, T, logits }: ReferenceForward, { labels }: ReferenceBatch) {
  const N = B * T;
  const targets = labels.flatMap((sequence) => Array.from({ length: T }, (_, t) => sequence[t + 1] ?? MASKED));
  const count = targets.filter((target) => target !== MASKED).length;
  if (count === 0) throw new RangeError('the batch has no unmasked label');
  const { loss, dlogits } = crossEntropy(logits, targets, { N, V }, 1 / count);
  return { lm: loss.reduce((sum, value) => sum + value, 0) / count, dlogits };
}

/** The gate loss, mean over sequences, and its gradient for each layer's probabilities. */
function gateTerm(
  { experts: E }: ModelConfig, { B, T, lengths, router }: ReferenceForward, { datasetLabels }: ReferenceBatch,
  { gateMode = 'none' }: ReferenceLossOptions,
): { readonly gate: number; readonly dgate: readonly Float64Array[] } {
  if (gateMode === 'none' || router.length === 0) return { gate: 0, dgate: [] };
  if (!datasetLabels) throw new RangeError('the gate loss needs the dataset label of each sequence');
  const probs = router.map((layer) => layer.probs);
  const mean = (perSequence: Float64Array): number => perSequence.reduce((sum, value) => sum + value / B, 0);
  if (gateMode === 'token') {
    const { loss, dprobs } = tokenGateLoss(probs, datasetLabels, lengths, { B, T, E }, 1 / B);
    return { gate: mean(loss), dgate: dprobs };
  }
  const { loss, dpbar } = gateLoss(gateMeanForward(probs, lengths, { B, T, E }), datasetLabels, gateMode, { B, E });
  const dprobs = gateMeanBackward(dpbar.map((d) => d / B), lengths, { B, T, E, L: probs.length });
  return { gate: mean(loss), dgate: probs.map(() => dprobs) };
}
