import type { ModelConfig } from '../../formats/hf_config';
import { embeddingBackward, embeddingForward } from '../../kernels/embedding/reference';
import { attentionBlock } from './attention_block';
import { accumulate, normalisation, projection, weightOf, type Gradients, type ReferenceContext, type Weights } from './block';
import { ffnBlock } from './ffn_block';
import type { RouterGradient, RouterRecord } from './routed_ffn';

export interface ReferenceInput {
  /** B sequences of token ids, of any lengths. */
  readonly ids: readonly (readonly number[])[];
  /** Prompt tokens of each sequence, for sequence routing; all of its tokens unless given. */
  readonly promptLengths?: readonly number[];
}

export interface ReferenceForward extends Pick<ReferenceContext, 'B' | 'T' | 'lengths'> {
  /** (B·T, V); rows t ≥ lengths[b] mean nothing. */
  readonly logits: Float64Array;
  /** The residual stream after the last layer, before the final norm: (B·T, C). */
  readonly hidden: Float64Array;
  /** What each layer's router did; empty for a dense model. */
  readonly router: readonly RouterRecord[];
  /** What each layer's kept experts add: see `ffnBlock`; empty for a dense model. */
  readonly norms: readonly Float64Array[]; // L × (N, K + 1)
  /** Gradients of every parameter, from those of the logits (B·T,V) and of the router losses, one for each layer. */
  backward(dlogits: Float64Array, routerGradients?: readonly RouterGradient[]): Gradients;
}

/**
 * A Llama-family transformer, dense or routed, in float64: embedding, then in each layer attention and FFN, each normalised
 * before and added to the residual stream, then a last norm and the head. `topK` overrides the config's; bit e of
 * `muted` silences expert e, and an intervention does what it says.
 */
export function referenceForward(
  config: ModelConfig, weights: Weights, { ids, promptLengths }: ReferenceInput,
  { topK = config.topK, muted = 0, intervention }: Partial<Pick<ReferenceContext, 'topK' | 'muted' | 'intervention'>> = {},
): ReferenceForward {
  const { width: C, vocab: V } = config;
  const lengths = ids.map((sequence) => sequence.length);
  const B = ids.length;
  const T = Math.max(...lengths);
  const N = B * T;
  const c: ReferenceContext = { config, weights, B, T, N, lengths, promptLengths: promptLengths ?? lengths, topK, muted, ...(intervention ? { intervention } : {}) };
  const padded = ids.flatMap((sequence) => Array.from({ length: T }, (_, t) => sequence[t] ?? 0));
  const headName = config.tied ? EMBEDDING : 'lm_head.weight';

  let x: Float64Array = embeddingForward(weightOf(weights, EMBEDDING), padded, { N, C });
  const layers = Array.from({ length: config.layers }, (_, layer) => {
    const attention = attentionBlock(c, layer, x);
    const ffn = ffnBlock(c, layer, attention.out);
    x = ffn.out;
    return { attention, ffn };
  });
  const norm = normalisation(c, 'model.norm.weight', x);
  const head = projection(weights, headName, norm.out, { N, I: C, O: V });
  return {
    B, T, lengths,
    logits: head.out,
    hidden: x,
    router: layers.flatMap(({ ffn }) => ffn.router ?? []),
    norms: layers.flatMap(({ ffn }) => (ffn.norms === undefined ? [] : [ffn.norms])),
    backward: (dlogits, routerGradients) => {
      const gradients: Gradients = new Map();
      let dx: Float64Array = norm.backward(head.backward(dlogits, gradients), gradients);
      for (const [layer, { attention, ffn }] of [...layers.entries()].reverse()) {
        dx = attention.backward(ffn.backward(dx, gradients, routerGradients?.[layer]), gradients);
      }
      accumulate(gradients, EMBEDDING, embeddingBackward(dx, padded, { N, C, V }));
      return gradients;
    },
  };
}

const EMBEDDING = 'model.embed_tokens.weight';
