import { expect, test } from 'vitest';
import { Random } from '../../random/random';
import { dropAndRescale } from './dare';
import { slerpCoefficients } from './slerp';
import { soup } from './soup';
import { addTo, taskVector, weightedSum } from './task_vectors';
import { ties, trimThreshold } from './ties';

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const f32 = (...values: number[]): Float32Array => Float32Array.from(values);

test('a soup is the mean, and of equal models it is the model, bit for bit', () => {
  expect([...soup([f32(1, 2), f32(3, -2), f32(5, 3)])]).toEqual([3, 1]);
  const odd = f32(0.1, -0, 1e-30, 3.3e38, -7.7e-41);
  expect(soup([odd, odd, odd]).every((value, i) => Object.is(value, odd[i]))).toBe(true);
});

test('a task vector is the difference, and added once it gives the model back', () => {
  const base = f32(1, -2, 0.1);
  const model = f32(1.5, -2, 0.3);
  const tau = taskVector(model, base);
  expect([...tau]).toEqual([0.5, 0, (model[2] ?? NaN) - (base[2] ?? NaN)]);
  expect([...addTo(base, tau)]).toEqual([...model]);
});

test('task arithmetic adds every task vector by its own scale', () => {
  // 0.5·(1, 2) + 2·(−1, 3) − 1·(0, 4) = (−1.5, 3)
  expect([...weightedSum([f64(1, 2), f64(-1, 3), f64(0, 4)], [0.5, 2, -1])]).toEqual([-1.5, 3]);
});

test('trimming keeps the largest share of the whole vector, tensors together', () => {
  const tensors = [f64(1, -5), f64(3, 0.5)];
  expect(trimThreshold(tensors, 0.25)).toBe(5);
  expect(trimThreshold(tensors, 0.5)).toBe(3);
  expect(trimThreshold(tensors, 1)).toBe(0.5);
  expect(trimThreshold(tensors, 0)).toBe(Infinity);
});

test('entries tied at the trimming threshold all stay, wherever they stand', () => {
  const tau = f64(2, -2, 1, 2);
  const threshold = trimThreshold([tau], 0.5);
  expect(threshold).toBe(2);
  expect([...ties([tau], [threshold], 1)]).toEqual([2, -2, 0, 2]);
});

test('TIES elects the sign of the larger mass and averages those of that sign alone', () => {
  const taus = [f64(4, 1, -1, 0), f64(-1, 1, -2, 3), f64(-2, -5, -3, 0)];
  // Column 1: 4 against 3, so (4). Column 2: 2 against 5, so (−5). Column 3: all, −6/3. Column 4: zeros do not count.
  expect([...ties(taus, [0, 0, 0], 1)]).toEqual([4, -5, -2, 3]);
  expect([...ties(taus, [0, 0, 0], 0.5)]).toEqual([2, -2.5, -1, 1.5]);
});

test('TIES trims before it elects, and where the masses are equal nothing is added', () => {
  // |·| ≥ 2 leaves 4 against −2 −2, equal; then 3 alone; then nothing.
  const taus = [f64(4, 3, 1), f64(-2, -1, -1), f64(-2, -1.5, 1)];
  expect([...ties(taus, [2, 2, 2], 1)].map(Math.abs)).toEqual([0, 3, 0]);
});

test('DARE drops about p of the entries, keeps the mean, and scales the others by 1/(1 − p)', () => {
  const tau = new Float64Array(20_000).fill(3);
  const dropped = dropAndRescale(tau, 0.75, new Random(7));
  expect(new Set(dropped)).toEqual(new Set([0, 12]));
  const mean = dropped.reduce((sum, value) => sum + value, 0) / dropped.length;
  // Deviation of the mean: 12·√(0.75·0.25/20000) = 0.037; four of them.
  expect(Math.abs(mean - 3)).toBeLessThan(0.15);
  expect([...dropAndRescale(f64(1, 2), 0, new Random(7))]).toEqual([1, 2]);
});

test('DARE draws the same mask from the same seed, another from another, and more of the same with a larger p', () => {
  const tau = Float64Array.from({ length: 200 }, (_, i) => i + 1);
  const kept = (p: number, seed: number): number[] => [...dropAndRescale(tau, p, new Random(seed)).keys()]
    .filter((i) => dropAndRescale(tau, p, new Random(seed))[i] !== 0);
  expect(kept(0.5, 3)).toEqual(kept(0.5, 3));
  expect(kept(0.5, 3)).not.toEqual(kept(0.5, 4));
  const half = new Set(kept(0.5, 3));
  expect(kept(0.9, 3).every((i) => half.has(i))).toBe(true);
});

test('slerp of two equal models and a third is slerp of the two, the equal ones\' weights added', () => {
  const [a = NaN, b = NaN, c = NaN] = slerpCoefficients([f64(1, 0), f64(1, 0), f64(0, 1)], [0.25, 0.25, 0.5]);
  expect([a + b, c]).toEqual([expect.closeTo(Math.SQRT1_2, 12), expect.closeTo(Math.SQRT1_2, 12)]);
});

test('slerp at a right angle takes sines: halfway √½ of both, a third of the way sin 60° and sin 30°', () => {
  const taus = [f64(2, 0), f64(0, 5)];
  const [a, b] = slerpCoefficients(taus, [0.5, 0.5]);
  expect([a, b]).toEqual([expect.closeTo(Math.SQRT1_2, 12), expect.closeTo(Math.SQRT1_2, 12)]);
  expect(slerpCoefficients(taus, [2 / 3, 1 / 3])).toEqual([expect.closeTo(Math.sqrt(3) / 2, 12), expect.closeTo(0.5, 12)]);
  expect(slerpCoefficients(taus, [1, 0])).toEqual([expect.closeTo(1, 12), expect.closeTo(0, 12)]);
});

test('slerp of two models is Shoemake\'s formula at 60°', () => {
  const omega = Math.PI / 3;
  const coefficients = slerpCoefficients([f64(1, 0), f64(0.5, Math.sqrt(0.75))], [0.7, 0.3]);
  expect(coefficients).toEqual([
    expect.closeTo(Math.sin(0.7 * omega) / Math.sin(omega), 12), expect.closeTo(Math.sin(0.3 * omega) / Math.sin(omega), 12),
  ]);
});

test('slerp of parallel, opposite and empty task vectors is lerp', () => {
  for (const other of [f64(2, 2), f64(-1, -1), f64(1, 1.01), f64(0, 0)]) {
    expect(slerpCoefficients([f64(1, 1), other], [0.25, 0.75])).toEqual([0.25, 0.75]);
  }
});

test('slerp of three right angles keeps their length, whatever the order', () => {
  const taus = [f64(1, 0, 0), f64(0, 1, 0), f64(0, 0, 1)];
  const third = 1 / Math.sqrt(3);
  expect(slerpCoefficients(taus, [1 / 3, 1 / 3, 1 / 3])).toEqual([1, 2, 3].map(() => expect.closeTo(third, 12) as number));
  const [a = NaN, b = NaN, c = NaN] = slerpCoefficients(taus, [0.5, 0.3, 0.2]);
  expect(Math.hypot(a, b, c)).toBeCloseTo(1, 12);
  expect(a > b && b > c).toBe(true);
  expect(slerpCoefficients(taus, [0.2, 0.5, 0.3])).toEqual([c, a, b].map((value) => expect.closeTo(value, 10) as number));
});

test('slerp is Shoemake\'s formula at obtuse angles too, close to one end', () => {
  const omega = (100 * Math.PI) / 180;
  expect(slerpCoefficients([f64(1, 0), f64(Math.cos(omega), Math.sin(omega))], [0.95, 0.05])).toEqual([
    expect.closeTo(Math.sin(0.95 * omega) / Math.sin(omega), 10), expect.closeTo(Math.sin(0.05 * omega) / Math.sin(omega), 10),
  ]);
});

test('slerp of three directions that cancel is lerp', () => {
  const taus = [0, 120, 240].map((degrees) => f64(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)));
  const equal = [1 / 3, 1 / 3, 1 / 3];
  expect(slerpCoefficients(taus, equal)).toEqual(equal);
});
