import { expect, test } from 'vitest';
import { promptsOf, type Take, takeAt, takenSteps, takesOf, widestPrompt, withTake } from './take';

const take = (step: number, prompt = 'a', text = ''): Take => ({ step, prompt, tokens: [{ text }] });

test('a take stands in the order of its step, and replaces one of the same step and prompt', () => {
  const takes = [take(5), take(0), take(5, 'b'), take(5, 'a', 'new')].reduce<readonly Take[]>(withTake, []);
  expect(takes.map(({ step, prompt }) => `${prompt}${String(step)}`)).toEqual(['a0', 'b5', 'a5']);
  expect(takeAt(takes, 'a', 5)?.tokens[0]?.text).toBe('new');
  expect(takenSteps(takes, 'a')).toEqual([0, 5]);
  expect(promptsOf(takes)).toEqual(['a', 'b']);
});

test('at a step the newest take by then is read, and none where it was not asked', () => {
  const takes = [take(3), take(9)];
  expect([2, 3, 8, 9, 99].map((step) => takeAt(takes, 'a', step)?.step)).toEqual([undefined, 3, 3, 9, 9]);
  expect(takeAt(takes, 'b', 99)).toBeUndefined();
});

test('a recording is read with its routing', () => {
  const [first] = takesOf([{ step: 7, answers: [{ prompt: 'p', tokens: [
    { text: 'w', shares: [1, 0, 0], probabilities: [0.5, 0.25, 0.25] }, { text: '', shares: [1, 0, 0], probabilities: [1, 0, 0] },
  ] }] }], 1, 3);
  expect(first?.tokens).toHaveLength(1);
  expect(first).toMatchObject({ step: 7, prompt: 'p', tokens: [{ text: 'w', routing: { layers: 1, experts: 3 } }] });
  expect([...(first?.tokens[0]?.routing?.probabilities ?? [])]).toEqual([0.5, 0.25, 0.25]);
});

test('the prompt that shows most of the three is that in whose last answer the least called has most to say, in the last layer', () => {
  const said = (step: number, prompt: string, ...shares: readonly (readonly number[])[]): Take => ({
    step, prompt, tokens: shares.map((last) => ({ text: 'w', routing: { layers: 2, experts: 3, probabilities: new Float32Array(6), shares: Float32Array.from([1, 0, 0, ...last]) } })),
  });
  const one = said(9, 'one', [0, 1, 0], [0.5, 0.5, 0]);
  const three = said(9, 'three', [0.25, 0.75, 0], [0, 0.5, 0.5]);
  const evenOnce = said(3, 'one', [0.5, 0.5, 0], [0, 0.5, 0.5]);
  expect(widestPrompt([evenOnce, one, three])).toBe('three');
  expect(widestPrompt([one, said(9, 'other', [1, 0, 0])])).toBe('one');
  expect(widestPrompt([take(1)])).toBe('a');
  expect(widestPrompt([])).toBeUndefined();
});
