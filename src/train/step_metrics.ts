import type { Batch } from '../model/batch';
import { batchTokens } from '../model/batch';
import type { RouterMetrics } from './metrics';

/** What came back of one micro-batch. */
export interface MicroResult {
  readonly batch: Batch;
  readonly lossSum: number;
  /** gate (B), seqProb (L, B, E), seqLoad (L, B, E), seqEntropy (L, B); empty for a dense model. */
  readonly router: readonly Float32Array[];
}

export interface RouterDims {
  readonly L: number;
  readonly E: number;
  readonly datasets: number;
}

/** Mean gate loss over the sequences of a step. */
export function meanGateLoss(results: readonly MicroResult[]): number {
  let total = 0;
  let sequences = 0;
  for (const { batch, router: [gate] } of results) {
    batch.lengths.forEach((length, b) => {
      if (length === 0) return;
      total += gate?.[b] ?? 0;
      sequences += 1;
    });
  }
  return sequences === 0 ? 0 : total / sequences;
}

/** Router metrics over the micro-batches of a step: per layer and dataset, means over tokens. */
export function routerMetrics(results: readonly MicroResult[], { L, E, datasets }: RouterDims): RouterMetrics {
  const sums = (): number[][][] => Array.from({ length: L }, () => Array.from({ length: datasets }, () => Array.from({ length: E }, () => 0)));
  const probability = sums();
  const load = sums();
  const tokensOf = Array.from({ length: datasets }, () => 0);
  let entropy = 0;
  let right = 0;
  let sequences = 0;
  for (const { batch, router: [, seqProb, seqLoad, seqEntropy] } of results) {
    const { B, lengths, labels } = batch;
    for (let b = 0; b < B; b++) {
      const tokens = lengths[b] ?? 0;
      const label = labels[b] ?? 0;
      if (tokens === 0) continue;
      sequences += 1;
      tokensOf[label] = (tokensOf[label] ?? 0) + tokens;
      const mean = Array.from({ length: E }, () => 0);
      for (let layer = 0; layer < L; layer++) {
        entropy += ((seqEntropy?.[layer * B + b] ?? NaN) * tokens) / L;
        for (let e = 0; e < E; e++) {
          const at = (layer * B + b) * E + e;
          addTo(probability[layer]?.[label], e, (seqProb?.[at] ?? NaN) * tokens);
          addTo(load[layer]?.[label], e, (seqLoad?.[at] ?? NaN) * tokens);
          mean[e] = (mean[e] ?? 0) + (seqProb?.[at] ?? NaN);
        }
      }
      if (mean.indexOf(Math.max(...mean)) === label) right += 1;
    }
  }
  const all = results.reduce((sum, { batch }) => sum + batchTokens(batch), 0);
  const overTokens = (layers: number[][][]): number[][][] =>
    layers.map((perDataset) => perDataset.map((values, d) => values.map((value) => ((tokensOf[d] ?? 0) > 0 ? value / (tokensOf[d] ?? 1) : NaN))));
  return { probability: overTokens(probability), load: overTokens(load), entropy: entropy / all, accuracy: right / sequences };
}

function addTo(values: number[] | undefined, i: number, amount: number): void {
  if (values) values[i] = (values[i] ?? 0) + amount;
}
