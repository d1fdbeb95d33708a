import { expect, test } from 'vitest';
import { probabilityOf } from './alone_facts';

test('a probability has three places, and one that they cannot tell from 0 is not written as 0', () => {
  expect([1, 0.0123, 0.0006, 0.0005, 0.00049, 0].map(probabilityOf)).toEqual(['1.000', '0.012', '0.001', '0.001', '< 0.001', '< 0.001']);
});
