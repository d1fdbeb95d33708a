import { batchTokens, type Batch } from '../model/batch';
import { expertShare } from './expert_share';
import type { RouterMetrics } from './metrics';

/** What came back of one micro-batch. */
export interface MicroResult {
  readonly batch: Batch;
  /** Summed nats of the target tokens. */
  readonly lossSum: number;
  /** Absent for a dense model. */
  readonly router?: RouterValues;
}

/** The router objective's sources, read back: per sequence, and per layer where L stands first. */
export interface RouterValues {
  readonly gate: Float32Array; // (B)
  readonly seqProb: Float32Array; // (L, B, E)
  readonly seqLoad: Float32Array; // (L, B, E)
  readonly seqEntropy: Float32Array; // (L, B)
  readonly seqTokenGate: Float32Array; // (L, B)
  readonly seqZ: Float32Array; // (L, B)
}

export function routerValues(arrays: readonly Float32Array[]): RouterValues | undefined {
  const [gate, seqProb, seqLoad, seqEntropy, seqTokenGate, seqZ] = arrays;
  return gate && seqProb && seqLoad && seqEntropy && seqTokenGate && seqZ && { gate, seqProb, seqLoad, seqEntropy, seqTokenGate, seqZ };
}

export interface RouterDims {
  readonly L: number;
  readonly E: number;
  readonly datasets: number;
}

/** Unweighted router losses of a step, as MATH defines them. */
export interface RouterLosses {
  /** The gate loss over sequences. */
  readonly gate: number;
  /** The warm-up's loss: cross-entropy of every token. */
  readonly tokenGate: number;
  readonly balance: number;
  readonly z: number;
}

const NO_LOSSES: RouterLosses = { gate: 0, tokenGate: 0, balance: 0, z: 0 };

/** Means over the step: gate over sequences, z over tokens and layers, balance over layers and micro-batches. */
export function routerLosses(results: readonly MicroResult[], { L, E }: Pick<RouterDims, 'L' | 'E'>): RouterLosses {
  let sequences = 0;
  let tokens = 0;
  const sums = { ...NO_LOSSES };
  for (const { batch, router } of results) {
    if (router === undefined) return NO_LOSSES;
    const { B, lengths } = batch;
    const microTokens = batchTokens(batch);
    for (let b = 0; b < B; b++) {
      const length = lengths[b] ?? 0;
      if (length === 0) continue;
      sequences += 1;
      tokens += length;
      sums.gate += router.gate[b] ?? NaN;
      for (let layer = 0; layer < L; layer++) {
        sums.tokenGate += (router.seqTokenGate[layer * B + b] ?? NaN) / L;
        sums.z += ((router.seqZ[layer * B + b] ?? NaN) * length) / L;
      }
    }
    for (let layer = 0; layer < L; layer++) {
      for (let e = 0; e < E; e++) {
        const mean = (values: Float32Array): number =>
          lengths.reduce((sum, length, b) => sum + ((values[(layer * B + b) * E + e] ?? NaN) * length) / microTokens, 0);
        sums.balance += (E * mean(router.seqLoad) * mean(router.seqProb)) / (L * results.length);
      }
    }
  }
  return { gate: sums.gate / sequences, tokenGate: sums.tokenGate / sequences, balance: sums.balance, z: sums.z / tokens };
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
  for (const { batch: { B, lengths, datasets: sources }, router } of results) {
    for (let b = 0; b < B; b++) {
      const tokens = lengths[b] ?? 0;
      const label = sources[b] ?? 0;
      if (tokens === 0) continue;
      sequences += 1;
      tokensOf[label] = (tokensOf[label] ?? 0) + tokens;
      const mean = Array.from({ length: E }, () => 0);
      for (let layer = 0; layer < L; layer++) {
        entropy += ((router?.seqEntropy[layer * B + b] ?? NaN) * tokens) / L;
        for (let e = 0; e < E; e++) {
          const at = (layer * B + b) * E + e;
          addTo(probability[layer]?.[label], e, (router?.seqProb[at] ?? NaN) * tokens);
          addTo(load[layer]?.[label], e, (router?.seqLoad[at] ?? NaN) * tokens);
          mean[e] = (mean[e] ?? 0) + (router?.seqProb[at] ?? NaN);
        }
      }
      if (mean.indexOf(Math.max(...mean)) === label) right += 1;
    }
  }
  const all = tokensOf.reduce((sum, tokens) => sum + tokens, 0);
  const overTokens = (layers: number[][][]): number[][][] =>
    layers.map((perDataset) => perDataset.map((values, d) => values.map((value) => ((tokensOf[d] ?? 0) > 0 ? value / (tokensOf[d] ?? 1) : NaN))));
  const shares = overTokens(load);
  return { probability: overTokens(probability), load: shares, share: expertShare(shares), entropy: entropy / all, accuracy: right / sequences };
}

function addTo(values: number[] | undefined, i: number, amount: number): void {
  if (values) values[i] = (values[i] ?? 0) + amount;
}
