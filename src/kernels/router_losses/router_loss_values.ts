import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowLanes } from '../rows';
import balanceSource from './balance_loss.wgsl?raw';
import source from './router_loss_values.wgsl?raw';

export interface RouterLossValuesTensors {
  readonly logits: Tensor; // (N, E)
  readonly probs: Tensor; // (N, E)
  readonly lengths: Tensor; // (B) u32
  readonly labels: Tensor; // (B) u32
  /** Cross-entropy of the tokens' own probabilities, mean over the sequence's tokens, nats; 0 without tokens or label. */
  readonly seqTokenGate: Tensor; // (L, B)
  /** Mean of lse² over the sequence's tokens. */
  readonly seqZ: Tensor; // (L, B)
}

const THREADS = 32;

/** One layer's token gate loss and z-loss by sequence, unweighted, for reporting: their gradients need neither. It stands after router. */
export function routerLossValues(
  scope: Scope, t: RouterLossValuesTensors,
  { layer, B, T, E }: { readonly layer: number; readonly B: number; readonly T: number; readonly E: number },
): Op {
  const { logits, probs, lengths, labels, seqTokenGate, seqZ } = t;
  const overrides = rowLanes(scope.gpu);
  const forward = scope.dispatch(
    { name: 'router_loss_values', source, constants: { E }, overrides },
    {
      tensors: { logits, probs, lengths, labels, seqTokenGate, seqZ },
      params: { B, T, layer },
      workgroups: grid(Math.ceil(B / overrides.ROWS)),
    },
  );
  return { name: 'router_loss_values', forward: (r: Recorder) => { r.dispatch(forward); }, backward: () => undefined };
}

export interface BalanceLossTensors {
  readonly seqProb: Tensor; // (L, B, E)
  readonly seqLoad: Tensor; // (L, B, E)
  readonly lengths: Tensor; // (B) u32
  /** E·Σ_e f_e·P_e of each layer over the batch's tokens: 1 when even, E when one expert takes all. */
  readonly balance: Tensor; // (L)
}

/** Every layer's load-balance loss, unweighted, from router_stats; it stands after the last of them. */
export function balanceLoss(
  scope: Scope, { seqProb, seqLoad, lengths, balance }: BalanceLossTensors,
  { L, B, E }: { readonly L: number; readonly B: number; readonly E: number },
): Op {
  const forward = scope.dispatch(
    { name: 'balance_loss', source: balanceSource, constants: { E } },
    { tensors: { seqProb, seqLoad, lengths, balance }, params: { L, B }, workgroups: grid(Math.ceil(L / THREADS)) },
  );
  return { name: 'balance_loss', forward: (r: Recorder) => { r.dispatch(forward); }, backward: () => undefined };
}
