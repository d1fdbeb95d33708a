import { expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { attentionBackward, attentionForward } from './reference';

const dims = { B: 2, T: 5, H: 4, KV: 2, D: 3 };
const lengths = [5, 3];
const q = normals(1, 2 * 5 * 12);
const k = normals(2, 2 * 5 * 6);
const v = normals(3, 2 * 5 * 6);
const dout = normals(4, 2 * 5 * 12);

test('the first position sees only itself, each head reading its own kv head', () => {
  const { out } = attentionForward(q, k, v, lengths, dims);
  const first = v.subarray(0, 3);
  const second = v.subarray(3, 6);
  expect(relativeError(out.subarray(0, 12), [...first, ...first, ...second, ...second])).toBeLessThan(1e-15);
});

test('rows beyond the length give zeros and take part in nothing', () => {
  const { out, lse } = attentionForward(q, k, v, lengths, dims);
  const { dq, dk, dv } = attentionBackward(dout, q, k, v, out, lse, lengths, dims);
  for (const tail of [out.subarray(96), dq.subarray(96), dk.subarray(48), dv.subarray(48), lse.subarray(32)]) {
    expect(tail.every((value) => value === 0)).toBe(true);
  }
});

test.each([1, 2, 4])('attention reference backward matches finite differences at B=2, T=5, H=4, KV=%i, D=3, ragged', (KV) => {
  const grouped = { ...dims, KV };
  const keys = normals(5, 10 * KV * 3);
  const values = normals(6, 10 * KV * 3);
  const loss = (): number => dot(attentionForward(q, keys, values, lengths, grouped).out, dout);
  const { out, lse } = attentionForward(q, keys, values, lengths, grouped);
  const { dq, dk, dv } = attentionBackward(dout, q, keys, values, out, lse, lengths, grouped);
  expect(relativeError(dq, finiteDifferences(loss, q))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dk, finiteDifferences(loss, keys))).toBeLessThan(TOLERANCE.finiteDifference);
  expect(relativeError(dv, finiteDifferences(loss, values))).toBeLessThan(TOLERANCE.finiteDifference);
});
