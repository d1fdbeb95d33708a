import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { linearForward, matmulReference } from '../linear/reference';
import { loraLinearBackward, loraLinearForward } from './reference';

const dims = { R: 6, G: 2, I: 5, O: 4, rank: 2, scale: 0.5 };
const offsets = [0, 2, 5];
const inp = normals(1, 30);
const weights = { weight: normals(2, 40), loraA: normals(3, 20), loraB: normals(4, 16) };
const dout = normals(5, 24);
const mask = normals(6, 30).map((x) => (x < -0.5 ? 0 : 1.25));

const masks: [string, Float64Array | undefined][] = [['without dropout', undefined], ['with a mask', mask]];

test.each(masks)('lora_linear reference backward matches finite differences %s', (_, given) => {
  const loss = (): number => dot(loraLinearForward(inp, weights, offsets, dims, given).out, dout);
  const { down } = loraLinearForward(inp, weights, offsets, dims, given);
  const { dinp, dweight, dloraA, dloraB } = loraLinearBackward(dout, inp, weights, down, offsets, dims, given);
  expect(relativeError(dinp, finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dweight, finiteDifferences(loss, weights.weight))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dloraA, finiteDifferences(loss, weights.loraA))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dloraB, finiteDifferences(loss, weights.loraB))).toBeLessThan(TOLERANCE.finiteDifference);
});

test('an adapter equals the weight with scale·BA added', () => {
  const merged = weights.weight.slice();
  for (const g of [0, 1]) {
    const [A, B] = [weights.loraA.subarray(g * 10, g * 10 + 10), weights.loraB.subarray(g * 8, g * 8 + 8)];
    const product = matmulReference('ab', B, A, [0, 4], { R: 4, G: 1, M: 0, N: 5, K: 2 }, dims.scale);
    product.forEach((x, i) => { merged[g * 20 + i] = (merged[g * 20 + i] ?? NaN) + x; });
  }
  expect(relativeError(loraLinearForward(inp, weights, offsets, dims).out, linearForward(inp, merged, offsets, dims))).toBeLessThan(1e-14);
});
