import { ffnNames } from '../../formats/parameters';
import { residualForward } from '../../kernels/residual/reference';
import { swigluBackward, swigluForward } from '../../kernels/swiglu/reference';
import { projection, type Block, type ReferenceContext } from './block';

/** W_down·(silu(W_gate·x) ⊙ W_up·x) of one expert, or of the dense FFN: inp (R,C) -> (R,C), R = the rows given. */
export function swigluFfn({ config, weights }: ReferenceContext, layer: number, expert: number, inp: Float64Array): Block {
  const { width: C, ffnWidth: F } = config;
  const N = inp.length / C;
  const names = ffnNames(config, layer, expert);
  const gate = projection(weights, names.gate, inp, { N, I: C, O: F });
  const up = projection(weights, names.up, inp, { N, I: C, O: F });
  const down = projection(weights, names.down, swigluForward(gate.out, up.out), { N, I: F, O: C });
  return {
    out: down.out,
    backward: (dout, gradients) => {
      const { dgate, dup } = swigluBackward(down.backward(dout, gradients), gate.out, up.out);
      return residualForward(gate.backward(dgate, gradients), up.backward(dup, gradients));
    },
  };
}
