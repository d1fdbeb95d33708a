import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import source from './gate_loss.wgsl?raw';

/** 'paper-code' applies cross-entropy to probabilities as if they were logits, as the published code does. */
export type GateLossMode = 'nll' | 'paper-code';

export interface GateLossTensors {
  readonly seqProb: Tensor; // (L, B, E), of router_stats, all layers
  /** The expert of each sequence's dataset; E or above: no label, no loss. */
  readonly labels: Tensor; // (B) u32
  /** Loss of each sequence, unweighted, nats; 0 for one without tokens or label. */
  readonly gate: Tensor; // (B)
  /** Gradient of `gate` with respect to `pbar`. */
  readonly dpbar: Tensor; // (B, E)
  /** Mean router probability over a sequence's tokens, then over layers. */
  readonly pbar: Tensor; // (B, E)
}

export interface GateLoss extends Op {
  /** For later submits. */
  setMode(mode: GateLossMode): void;
}

const THREADS = 32;

/**
 * The supervised gate loss of each sequence, forward and its gradient in one: −ln p̄_y ('nll'), or −ln softmax(p̄)_y
 * ('paper-code', which for 3 experts stays between 0.551 and 1.551). Its forward stands after every layer's router_stats;
 * routerLossGradient carries dpbar into each layer. Source: H3Fusion (arXiv 2411.17792), the gating loss; its code.
 */
export function gateLoss(
  scope: Scope, t: GateLossTensors,
  { L, B, E, mode }: { readonly L: number; readonly B: number; readonly E: number; readonly mode: GateLossMode },
): GateLoss {
  const { seqProb, labels, gate, dpbar, pbar } = t;
  const forward = scope.dispatch(
    { name: 'gate_loss', source, constants: { E } },
    {
      tensors: { seqProb, labels, pbar, gate, dpbar },
      params: { L, B, paperCode: mode === 'paper-code' ? 1 : 0 },
      workgroups: grid(Math.ceil(B / THREADS)),
    },
  );
  return {
    name: 'gate_loss',
    forward: (r: Recorder) => { r.dispatch(forward); },
    backward: () => undefined,
    setMode: (changed) => { forward.set('paperCode', changed === 'paper-code' ? 1 : 0); },
  };
}
