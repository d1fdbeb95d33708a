import { expect, test } from 'vitest';
import { gradientNorm } from './reference';

const gradients = [Float64Array.of(2, -3), Float64Array.of(6)];

test('the norm runs over all gradients and clips to maxNorm only from above', () => {
  expect(gradientNorm(gradients)).toEqual({ norm: 7, scale: 1, finite: true });
  expect(gradientNorm(gradients, 10).scale).toBe(1);
  expect(gradientNorm(gradients, 1).scale).toBeCloseTo(1 / 7, 15);
});

test.each([NaN, Infinity, -Infinity])('%d is reported as not finite', (value) => {
  expect(gradientNorm([...gradients, Float64Array.of(0, value)], 1).finite).toBe(false);
});
