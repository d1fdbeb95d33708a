import { expect, test } from 'vitest';
import { screenOf } from './screens';

test('an address names a screen, and any other leads to the landing page', () => {
  expect(['#train', '#inspect?x=1', '', '#', '#nothing', '#top'].map(screenOf)).toEqual(['train', 'inspect', 'watch', 'watch', 'watch', 'watch']);
});
