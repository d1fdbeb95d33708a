import { expect, test } from 'vitest';
import { normals } from '../testing/numbers';
import { f16Bits, f16Value, fromBf16, fromF16 } from './half';

test('every one of the 65536 halves survives the way to f32 and back', () => {
  const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const wrong = [...fromF16(bits)].filter((value, i) => !Number.isNaN(value) && f16Bits(value) !== i);
  expect(wrong).toEqual([]);
});

test.each([
  [1, 0x3c00], [-2, 0xc000], [65504, 0x7bff], [65519.9, 0x7bff], [65520, 0x7c00], [2 ** -24, 1], [2 ** -25, 0], [3 * 2 ** -25, 2],
  [2 ** -14, 0x0400], [1 + 2 ** -11, 0x3c00], [1 + 3 * 2 ** -11, 0x3c02], [-0, 0x8000], [Infinity, 0x7c00], [NaN, 0x7e00],
])('%d becomes half 0x%x, nearest with ties to even', (value, bits) => {
  expect(f16Bits(value)).toBe(bits);
});

test('a half is within 2^-11 of the value it stands for', () => {
  for (const x of normals(1, 1000, 10)) expect(Math.abs(f16Value(f16Bits(x)) - x)).toBeLessThanOrEqual(Math.abs(x) * 2 ** -11 + 2 ** -25);
});

test('bfloat16 is the upper half of an f32, NaN and infinity included', () => {
  expect([...fromBf16(Uint16Array.of(0x3f80, 0xc040, 0x0001, 0x7f80, 0x7fc0))]).toEqual([1, -3, 2 ** -133, Infinity, NaN]);
});
