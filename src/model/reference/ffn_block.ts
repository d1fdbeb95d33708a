import { residualForward } from '../../kernels/residual/reference';
import { normalisation, type Gradients, type ReferenceContext } from './block';
import { routedFfn, type RouterGradient, type RouterRecord } from './routed_ffn';
import { swigluFfn } from './swiglu_ffn';

export interface FfnBlock {
  readonly out: Float64Array;
  /** Absent in a dense model. */
  readonly router?: RouterRecord;
  /** Lengths of what each kept expert adds, and of `inp`. Absent in a dense model. */
  readonly norms?: Float64Array; // (N, K + 1)
  backward(dout: Float64Array, gradients: Gradients, routerGradient?: RouterGradient): Float64Array;
}

/** x + FFN(rmsnorm(x)), the FFN dense or a routed mixture: inp (N,C) -> (N,C). */
export function ffnBlock(c: ReferenceContext, layer: number, inp: Float64Array): FfnBlock {
  const norm = normalisation(c, `model.layers.${String(layer)}.post_attention_layernorm.weight`, inp);
  const routed = c.config.experts > 1 ? routedFfn(c, layer, norm.out, inp) : undefined;
  const ffn = routed ?? swigluFfn(c, layer, 0, norm.out);
  return {
    out: residualForward(inp, ffn.out),
    ...(routed && { router: routed.router, norms: routed.norms }),
    backward: (dout, gradients, routerGradient) => {
      const dnorm = ffn.backward(dout, gradients, routerGradient);
      return residualForward(dout, norm.backward(dnorm, gradients));
    },
  };
}
