import { VERDICTS, type Verdict } from './rules';
import type { Signs } from './signs';
import type { Learned } from './weigh';

export interface Labelled {
  readonly signs: Signs;
  readonly label: Verdict;
  /** How much the row counts. */
  readonly weight: number;
}

export interface Fit {
  /** In so many rows a sign must be, to be weighed. */
  readonly minRows: number;
  /** Strength of the L2 penalty: λ/2 Σ w², beside the weighted sum of −log p over all rows. */
  readonly lambda: number;
  readonly steps: number;
  /** Called after each step with the mean loss. */
  readonly onStep?: (step: number, loss: number) => void;
}

/** The strongest penalty and the smallest table of those that agree best on sets that were left out (docs/LOG.md). */
export const FIT: Fit = { minRows: 8, lambda: 2, steps: 300 };

const ADAM = { rate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const HUNDREDTHS = 100;
const K = VERDICTS.length;

/**
 * Multinomial logistic regression with an L2 penalty on all but the bias, by Adam over all rows at once, from zero, in float64:
 * the same rows give the same table. Weights are rounded to hundredths; signs whose weights are all 0 are left out.
 */
export function fit(rows: readonly Labelled[], { minRows, lambda, steps, onStep }: Fit = FIT): Learned {
  const counts = new Map<string, number>();
  for (const { signs } of rows) for (const name of signs.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].filter(([, count]) => count >= minRows).map(([name]) => name).sort();
  const index = new Map(names.map((name, i) => [name, i]));
  const sparse = rows.map(({ signs, label, weight }) => {
    const known = [...signs].flatMap(([name, value]) => {
      const at = index.get(name);
      return at === undefined ? [] : [[at, value] as const];
    });
    return { at: Int32Array.from(known, ([at]) => at), value: Float64Array.from(known, ([, value]) => value), target: VERDICTS.indexOf(label), weight };
  });
  const size = (names.length + 1) * K;
  const bias = names.length * K;
  const [w, gradient, m, v] = [0, 0, 0, 0].map(() => new Float64Array(size)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const p = new Float64Array(K);
  for (let step = 1; step <= steps; step++) {
    let loss = 0;
    for (let i = 0; i < size; i++) gradient[i] = i < bias ? lambda * (w[i] ?? 0) : 0;
    for (const { at, value, target, weight } of sparse) {
      for (let k = 0; k < K; k++) {
        let sum = w[bias + k] ?? 0;
        for (let j = 0; j < at.length; j++) sum += (w[(at[j] ?? 0) * K + k] ?? 0) * (value[j] ?? 0);
        p[k] = sum;
      }
      loss += weight * softmax(p, target);
      for (let k = 0; k < K; k++) {
        const error = weight * ((p[k] ?? 0) - (k === target ? 1 : 0));
        gradient[bias + k] = (gradient[bias + k] ?? 0) + error;
        for (let j = 0; j < at.length; j++) {
          const to = (at[j] ?? 0) * K + k;
          gradient[to] = (gradient[to] ?? 0) + error * (value[j] ?? 0);
        }
      }
    }
    adam(w, gradient, m, v, step, steps);
    onStep?.(step, loss / rows.length);
  }
  const rounded = (from: number): number[] => Array.from({ length: K }, (_, k) => Math.round((w[from + k] ?? 0) * HUNDREDTHS) + 0);
  const weights = names.map((name, i) => [name, rounded(i * K)] as const).filter(([, each]) => each.some((weight) => weight !== 0));
  return { bias: rounded(bias), weights: Object.fromEntries(weights) };
}

/** Makes probabilities of the logits in `p`; returns −log p[target]. */
function softmax(p: Float64Array, target: number): number {
  const most = Math.max(...p);
  let total = 0;
  for (let k = 0; k < K; k++) total += p[k] = Math.exp((p[k] ?? 0) - most);
  for (let k = 0; k < K; k++) p[k] = (p[k] ?? 0) / total;
  return -Math.log(p[target] ?? 1);
}

/** One step, its rate falling linearly to a hundredth. */
function adam(w: Float64Array, gradient: Float64Array, m: Float64Array, v: Float64Array, step: number, steps: number): void {
  const { beta1, beta2, epsilon } = ADAM;
  const rate = ADAM.rate * Math.max(0.01, 1 - step / steps);
  for (let i = 0; i < w.length; i++) {
    const g = gradient[i] ?? 0;
    const first = m[i] = beta1 * (m[i] ?? 0) + (1 - beta1) * g;
    const second = v[i] = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g;
    w[i] = (w[i] ?? 0) - rate * (first / (1 - beta1 ** step)) / (Math.sqrt(second / (1 - beta2 ** step)) + epsilon);
  }
}
