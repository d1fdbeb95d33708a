import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { ropeBackward, ropeForward } from './reference';

const dims = { B: 2, T: 3, heads: 3, D: 6, theta: 10000, pos0: 4 };
const inp = normals(1, 6 * 18);
const dout = normals(2, 6 * 18);

test('rope reference backward matches finite differences at B=2, T=3, heads=3, D=6, pos0=4', () => {
  const loss = (): number => dot(ropeForward(inp, dims), dout);
  expect(relativeError(ropeBackward(dout, dims), finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
});

test('position 0 stays as it is, and a product of two rotated vectors depends on their distance only', () => {
  const one = { B: 1, T: 1, heads: 1, D: 6, theta: 100 };
  const [a, b] = [normals(3, 6), normals(4, 6)];
  const product = (p: number, r: number): number => dot(ropeForward(a, { ...one, pos0: p }), ropeForward(b, { ...one, pos0: r }));
  expect([...ropeForward(a, one)]).toEqual([...a]);
  expect(product(7, 5)).toBeCloseTo(product(2, 0), 12);
});

test('pairs are (x_i, x_{i+D/2}), as in HF: the first pair turns by the position itself', () => {
  const turned = ropeForward(Float64Array.of(1, 0, 0, 0), { B: 1, T: 1, heads: 1, D: 4, theta: 10000, pos0: 1 });
  expect(relativeError(turned, [Math.cos(1), 0, Math.sin(1), 0])).toBeLessThan(1e-15);
});
