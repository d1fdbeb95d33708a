import { describe, expect, test } from 'vitest';
import { dot, finiteDifferences, normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { routerBackward, routerForward } from './reference';

const lengths = [4, 2];
const sizes = { B: 2, T: 4, C: 5, E: 3 };
const inp = normals(1, 40);
const weight = normals(2, 15, 0.5);

describe.each([1, 2, 3])('router reference at B=2, T=4, C=5, E=3, K=%i', (K) => {
  const dims = { ...sizes, K };

  test('backward matches finite differences through shares, probabilities and lse', () => {
    const dshare = normals(3, 8 * K);
    const dprobs = normals(4, 24);
    const zScale = 0.3;
    const loss = (): number => {
      const { share, probs, lse } = routerForward(inp, weight, lengths, dims);
      return dot(share, dshare) + dot(probs, dprobs) + zScale * dot(lse, lse);
    };
    const saved = routerForward(inp, weight, lengths, dims);
    const { dinp, dweight } = routerBackward({ dshare, dprobs, zScale }, inp, weight, saved, lengths, dims);
    expect(relativeError(dinp, finiteDifferences(loss, inp))).toBeLessThan(TOLERANCE.finiteDifference);
    expect(relativeError(dweight, finiteDifferences(loss, weight))).toBeLessThan(TOLERANCE.finiteDifference);
  });

  test('keeps the largest probabilities, renormalised to sum 1; padding chooses expert E with share 0', () => {
    const { probs, index, share } = routerForward(inp, weight, lengths, dims);
    for (let n = 0; n < 8; n++) {
      const real = n < 6; // four tokens of the first sequence, two of the second
      const row = probs.subarray(n * 3, n * 3 + 3);
      const chosen = [...index.subarray(n * K, n * K + K)];
      expect(dot(share.subarray(n * K, n * K + K), new Float64Array(K).fill(1))).toBeCloseTo(real ? 1 : 0, 12);
      const largest = [...row].sort((a, b) => b - a).slice(0, K);
      if (real) expect(chosen.map((e) => row[e])).toEqual(largest);
      else expect(chosen).toEqual(new Array(K).fill(3));
    }
  });
});

test('a muted expert has probability 0 and the others what a router without it gives them', () => {
  const dims = { ...sizes, K: 2 };
  const { probs, index, share } = routerForward(inp, weight, lengths, { ...dims, muted: 0b010 });
  const two = routerForward(inp, Float64Array.from([...weight.subarray(0, 5), ...weight.subarray(10)]), lengths, { ...dims, E: 2 });
  for (let n = 0; n < 6; n++) expect([...probs.subarray(n * 3, n * 3 + 3)]).toEqual([two.probs[n * 2], 0, two.probs[n * 2 + 1]]);
  expect([...index.subarray(0, 12)]).toEqual([...two.index.subarray(0, 12)].map((e) => e * 2));
  expect([...share]).toEqual([...two.share]);
});

test('slots that the unmuted cannot fill name no expert and have share 0', () => {
  const { index, share } = routerForward(inp, weight, [1], { B: 1, T: 1, C: 5, E: 3, K: 3, muted: 0b101 });
  expect([...index]).toEqual([1, 3, 3]);
  expect([...share]).toEqual([1, 0, 0]);
});

test('a bias equals one more channel that is always 1, a temperature a smaller weight; logits stay as scored', () => {
  const dims = { ...sizes, K: 2 };
  const bias = [0.7, -1.3, 0.2];
  const { logits, probs, index } = routerForward(inp, weight, lengths, { ...dims, bias, temperature: 1.6 });
  const rows = Array.from({ length: 8 }, (_, n) => [...inp.subarray(n * 5, n * 5 + 5), 1]).flat();
  const wider = bias.flatMap((b, e) => [...weight.subarray(e * 5, e * 5 + 5), b].map((w) => w / 1.6));
  const want = routerForward(Float64Array.from(rows), Float64Array.from(wider), lengths, { ...dims, C: 6 });
  expect(relativeError(probs, want.probs)).toBeLessThan(1e-14);
  expect([...index]).toEqual([...want.index]);
  expect([...logits]).toEqual([...routerForward(inp, weight, lengths, dims).logits]);
});

test('equal logits choose the lowest experts, with equal shares', () => {
  const { index, share } = routerForward(normals(1, 5), new Float64Array(20), [1], { B: 1, T: 1, C: 5, E: 4, K: 2 });
  expect([...index]).toEqual([0, 1]);
  expect([...share]).toEqual([0.5, 0.5]);
});

test('K=1 gives the router no gradient from the shares', () => {
  const dims = { ...sizes, K: 1 };
  const { dweight } = routerBackward({ dshare: normals(3, 8) }, inp, weight, routerForward(inp, weight, lengths, dims), lengths, dims);
  expect(dweight.every((g) => Math.abs(g) < 1e-15)).toBe(true);
});
