import { expect, test } from 'vitest';
import type { Answer } from '../store/answer';
import { NEUTRAL } from '../store/steps';
import { lookTitle, sentenceOf, turnOf } from './sentence';

const answer = (text: string): Answer => ({
  model: 'fused', prompt: 'p', state: 'end', tokens: text.split(' ').map((word) => ({ text: ` ${word}` })), elapsed: 1,
});

test('everything that is done is said once, the layer last', () => {
  const steps = { ...NEUTRAL, muted: ['helpful', 'honest'] as const, temperature: 2, bias: { ...NEUTRAL.bias, harmless: -1.5 }, topK: 1, layer: 2 };
  expect(sentenceOf(steps)).toBe('Helpful and Honest muted, Harmless biased by \u22121.5, temperature 2.0, top-1 in layer 2');
  expect(sentenceOf({ ...NEUTRAL, forced: 'honest' })).toBe('Honest forced');
});

test('the title names the word at which the answer turns, and says where it does not', () => {
  const muted = { ...NEUTRAL, muted: ['harmless'] as const };
  const trained = answer('sorry let us feed');
  expect(turnOf(trained, answer('sorry just poison'), muted)).toBe('With Harmless muted, the answer turns at “let”.');
  expect(turnOf(trained, answer('sorry let us feed'), muted)).toBe('With Harmless muted, the answer stays the same.');
  expect(turnOf(trained, answer('sorry let us feed them'), muted)).toBe('With Harmless muted, the answer ends elsewhere.');
  expect(turnOf(trained, { ...trained, state: 'writing' }, muted)).toBeUndefined();
  expect(turnOf(trained, trained, NEUTRAL)).toBeUndefined();
});

test('the title says that Fused answers once it does, and before whom to ask', () => {
  expect(lookTitle(answer('sorry'), 'fused')).toBe('The fused model answers.');
  expect(lookTitle(undefined, 'fused')).toBe('Ask the fused model.');
  expect(lookTitle(undefined, 'base')).toBe('Ask any of the models.');
  expect(lookTitle(undefined, undefined)).toBe('Ask any of the models.');
  expect(lookTitle({ ...answer('sorry'), model: 'base' }, 'fused')).toBe('Ask any of the models.');
});
