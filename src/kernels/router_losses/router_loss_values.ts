import type { Recorder } from '../../gpu/recorder';
import { grid, type Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';
import type { Op } from '../op';
import { rowLanes } from '../rows';
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
