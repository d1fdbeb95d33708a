import { combineBackward, combineForward, contributionForward, gatherBackward, gatherForward, permute } from '../../kernels/experts/reference';
import { at } from '../../kernels/float64';
import { promptMeanBackward, promptMeanForward } from '../../kernels/prompt_mean/reference';
import { residualForward } from '../../kernels/residual/reference';
import { routerBackward, routerForward } from '../../kernels/router/reference';
import { steeringOf, topKByLayer } from '../intervention';
import { accumulate, weightOf, type Gradients, type ReferenceContext } from './block';
import { swigluFfn } from './swiglu_ffn';

/** What one layer's router did. */
export type RouterRecord = ReturnType<typeof routerForward>;

/** What the router losses add to one layer's backward. */
export interface RouterGradient {
  readonly dprobs: Float64Array; // (N, E)
  /** The weight of each real row's lse². */
  readonly zScale: number;
}

/**
 * y_n = Σ_k share_nk·FFN_index_nk(x_n): inp (N,C), after the norm -> (N,C); zero in padding rows.
 * `norms` (N,K+1) are the lengths of what each kept expert adds and of the stream (N,C) that it is added to.
 * The router reads x, or under sequence routing the mean of x over the prompt.
 */
export function routedFfn(c: ReferenceContext, layer: number, inp: Float64Array, stream: Float64Array) {
  const { config: { width: C, experts: E, routing }, weights, B, T, N, lengths, promptLengths, topK, muted = 0, intervention } = c;
  const gateName = `model.layers.${String(layer)}.block_sparse_moe.gate.weight`;
  const gateWeight = weightOf(weights, gateName);
  const K = topKByLayer(c.config, topK, intervention)[layer] ?? topK;
  const dims = { B, T, C, E, K, N, ...(intervention ? steeringOf(intervention, layer) : { muted }) };

  const routerInp = routing === 'sequence' ? promptMeanForward(inp, promptLengths, dims) : inp;
  const router = routerForward(routerInp, gateWeight, lengths, dims);
  const permutation = permute(router.index, dims);
  const gathered = gatherForward(inp, permutation, dims); // (R, C)
  const rowsOf = (rows: Float64Array, e: number): Float64Array =>
    rows.subarray(at(permutation.offsets, e) * C, at(permutation.offsets, e + 1) * C);
  const experts = Array.from({ length: E }, (_, e) => swigluFfn(c, layer, e, rowsOf(gathered, e)));
  const answers = new Float64Array(gathered.length); // (R, C)
  experts.forEach(({ out }, e) => { rowsOf(answers, e).set(out); });

  return {
    out: combineForward(answers, router.share, permutation, dims),
    router,
    norms: contributionForward(answers, router.share, stream, permutation, dims),
    backward: (dout: Float64Array, gradients: Gradients, routerGradient?: RouterGradient): Float64Array => {
      const { dinp: danswers, dshare } = combineBackward(dout, answers, router.share, permutation, dims);
      const dgathered = new Float64Array(gathered.length);
      experts.forEach((expert, e) => { rowsOf(dgathered, e).set(expert.backward(rowsOf(danswers, e), gradients)); });
      const throughRouter = routerBackward({ dshare, ...routerGradient }, routerInp, gateWeight, router, lengths, dims);
      accumulate(gradients, gateName, throughRouter.dweight);
      const drouterInp = routing === 'sequence' ? promptMeanBackward(throughRouter.dinp, promptLengths, dims) : throughRouter.dinp;
      return residualForward(gatherBackward(dgathered, permutation, dims), drouterInp);
    },
  };
}
