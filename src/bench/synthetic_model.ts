import type { ModelConfig } from '../formats/hf_config';
import type { LabelledRow } from '../model/batch';
import { Random } from '../random/random';

/** The dense model that peers were measured with: width 128, 4 layers, FFN 384, vocabulary 2048. */
export const BENCH_DENSE: ModelConfig = {
  vocab: 2048, width: 128, ffnWidth: 384, layers: 4, heads: 4, kvHeads: 4, headDim: 32, context: 256,
  ropeTheta: 10_000, normEps: 1e-5, tied: true, experts: 1, topK: 1, routing: 'token',
};

/** The same with three experts, two of which answer for a token. */
export const BENCH_EXPERTS: ModelConfig = { ...BENCH_DENSE, experts: 3, topK: 2 };

/** Rows of `length` random tokens, every one but the first a target; labels go round the experts. */
export function randomRows(count: number, length: number, { vocab, experts }: ModelConfig, seed = 1): LabelledRow[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, row) => ({
    ids: Uint32Array.from({ length }, () => random.below(vocab)), promptLength: 1, label: row % experts,
  }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
