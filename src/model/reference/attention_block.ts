import { attentionBackward, attentionForward } from '../../kernels/attention/reference';
import { residualForward } from '../../kernels/residual/reference';
import { ropeBackward, ropeForward } from '../../kernels/rope/reference';
import { normalisation, projection, type Block, type ReferenceContext } from './block';

/** x + Wo·attention(rope(Wq·n), rope(Wk·n), Wv·n) with n = rmsnorm(x): inp (N,C) -> (N,C). */
export function attentionBlock(c: ReferenceContext, layer: number, inp: Float64Array): Block {
  const { config: { width: C, heads: H, kvHeads: KV, headDim: D, ropeTheta: theta }, weights, B, T, N, lengths } = c;
  const name = (part: string): string => `model.layers.${String(layer)}.${part}.weight`;
  const dims = { B, T, H, KV, D };
  const rope = { B, T, D, theta };

  const norm = normalisation(c, name('input_layernorm'), inp);
  const qFlat = projection(weights, name('self_attn.q_proj'), norm.out, { N, I: C, O: H * D });
  const kFlat = projection(weights, name('self_attn.k_proj'), norm.out, { N, I: C, O: KV * D });
  const v = projection(weights, name('self_attn.v_proj'), norm.out, { N, I: C, O: KV * D });
  const q = ropeForward(qFlat.out, { ...rope, heads: H });
  const k = ropeForward(kFlat.out, { ...rope, heads: KV });
  const seen = attentionForward(q, k, v.out, lengths, dims);
  const result = projection(weights, name('self_attn.o_proj'), seen.out, { N, I: H * D, O: C });
  return {
    out: residualForward(inp, result.out),
    backward: (dout, gradients) => {
      const dseen = result.backward(dout, gradients);
      const { dq, dk, dv } = attentionBackward(dseen, q, k, v.out, seen.out, seen.lse, lengths, dims);
      const throughQ = qFlat.backward(ropeBackward(dq, { ...rope, heads: H }), gradients);
      const throughK = kFlat.backward(ropeBackward(dk, { ...rope, heads: KV }), gradients);
      const throughV = v.backward(dv, gradients);
      const dnorm = residualForward(residualForward(throughQ, throughK), throughV);
      return residualForward(dout, norm.backward(dnorm, gradients));
    },
  };
}
