import { describe, expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { linearBackward, linearForward, matmulReference } from './reference';

const offsets = [0, 2, 2, 5]; // the middle group is empty, two of seven rows belong to none
const dims = { R: 7, G: 3, I: 5, O: 4 };

describe('linear reference', () => {
  const inp = normals(1, 35);
  const weight = normals(2, 60);
  const dout = normals(3, 28);

  test('multiplies a row by the matrix of its group', () => {
    const out = linearForward(inp, weight, offsets, dims);
    expect(out[0]).toBeCloseTo(dot(inp.subarray(0, 5), weight.subarray(0, 5)), 12);
    expect(out[2 * 4 + 1]).toBeCloseTo(dot(inp.subarray(10, 15), weight.subarray(45, 50)), 12);
    expect([...out.subarray(20)]).toEqual(new Array(8).fill(0));
  });

  test('backward matches finite differences at R=7, G=3, I=5, O=4, with an empty group and rows of no group', () => {
    const loss = (): number => dot(linearForward(inp, weight, offsets, dims), dout);
    const { dinp, dweight } = linearBackward(dout, inp, weight, offsets, dims);
    expect(relativeError(dinp, finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
    expect(relativeError(dweight, finiteDifferences(loss, weight))).toBeLessThan(TOLERANCE.finiteDifference);
    expect([...dinp.subarray(25)]).toEqual(new Array(10).fill(0));
    expect([...dweight.subarray(20, 40)]).toEqual(new Array(20).fill(0));
  });
});

test('the layouts agree where one matrix is the transpose of another', () => {
  const a = normals(4, 6); // (2,3)
  const b = normals(5, 12); // (4,3)
  const transposed = Float64Array.from({ length: 12 }, (_, i) => b[(i % 4) * 3 + Math.floor(i / 4)] ?? NaN); // (3,4)
  const aTransposed = Float64Array.from({ length: 6 }, (_, i) => a[(i % 2) * 3 + Math.floor(i / 2)] ?? NaN); // (3,2)
  const abt = matmulReference('abt', a, b, [0, 2], { R: 2, G: 1, M: 0, N: 4, K: 3 }, 0.5);
  expect([...matmulReference('ab', a, transposed, [0, 2], { R: 2, G: 1, M: 0, N: 4, K: 3 }, 0.5)]).toEqual([...abt]);
  const atb = matmulReference('atb', aTransposed, transposed, [0, 3], { R: 3, G: 1, M: 2, N: 4, K: 0 }, 0.5);
  expect(relativeError(atb, abt)).toBeLessThan(1e-14);
});
