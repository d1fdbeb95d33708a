import { expect, test } from 'vitest';
import { BREAKS, PRESETS } from '../../src/engine/recipe';
import { WHOLE_VIEW } from './chart_view';
import { EMPTY_LESSON } from './lesson';
import { type Linked, linkOf, readLink } from './link';
import { NEUTRAL } from './steps';

const START: Linked = {
  recipe: PRESETS.default, prompt: '', watched: '', baseline: undefined, steps: NEUTRAL, lesson: undefined, chart: WHOLE_VIEW, who: 'base',
  mode: 'look', chosen: ['helpful', 'harmless', 'honest', 'fused'],
  answerSettings: { maxNewTokens: 60, temperature: 0, topP: 1, seed: 1 },
};
const FULL: Linked = {
  recipe: { ...PRESETS.paper, attention: true, routing: 'sequence', seed: 9, learningRate: 5e-4 }, prompt: 'are bats blind? & so?', watched: 'sort nine two.',
  baseline: 'slerp', answerSettings: { maxNewTokens: 12, temperature: 0.7, topP: 0.9, seed: 4 },
  steps: { muted: ['helpful'], forced: undefined, bias: { helpful: 0, harmless: -1.5, honest: 2 }, temperature: 0.5, topK: 1, layer: 3 },
  lesson: undefined, chart: { smoothing: 0.5, log: true, more: true, zoom: { from: 10, to: 50 } }, who: 'honest', mode: 'side', chosen: ['harmless', 'base', 'soup'],
};

test('a link gives back the whole state, and a plain state has a short link', () => {
  expect(readLink(linkOf(FULL, START), START)).toEqual(FULL);
  const forced = { ...START, steps: { ...NEUTRAL, forced: 'honest' as const } };
  expect(readLink(linkOf(forced, START), START)).toEqual(forced);
  expect(linkOf(START, START)).toBe('v=1');
  expect(readLink('', START)).toBe(START);
});

test.each([
  ['v=2', /the link, v: expected 1, got 2; ask for a link from this version/],
  ['recipe.steps=3', /the link, v: expected 1, got nothing/],
  ['v=1&recipe.steps=0', /recipe\.steps: expected a number from 1 to 20000, got 0/],
  ['v=1&recipe.steps=', /recipe\.steps: expected a number/],
  ['v=1&recipe.train=all', /recipe\.train: expected one of lora, full, router, got all/],
  ['v=1&recipe.__proto__=1', /recipe\.__proto__: expected a field of the recipe/],
  ['v=1&recipe.fault=some', /recipe\.fault: expected one of none, one-label, honest-as-harmless, refuse-all, got some/],
  ['v=1&inspect=ahead', /inspect: expected one of look, guess, side, got ahead/],
  ['v=1&inspect.side=nobody', /inspect\.side: expected one of helpful, .* got nobody/],
  ['v=1&inspect.more=1', /inspect\.more: expected a way to take an answer apart, got more/],
  ['v=1&inspect.who=fused', /inspect\.who: expected one of base, helpful, harmless, honest, got fused/],
  ['v=1&chart.zoom=50-10', /chart\.zoom: expected two steps, such as 10-50, got 50-10/],
  ['v=1&chart.smoothing=2', /chart\.smoothing: expected a number from 0 to 0\.98, got 2/],
  ['v=1&chart.axis=1', /chart\.axis: expected a way to draw the strips, got axis/],
  ['v=1&answer.topP=2', /answer\.topP: expected a number from 0\.05 to 1, got 2/],
  ['v=1&step.mute=helpful,harmless,honest', /step\.mute: expected at least one expert that is heard/],
  ['v=1&step.bias.nobody=1', /step\.bias\.nobody: expected one of helpful, harmless, honest, got nobody/],
  ['v=1&weights=x', /weights: expected a field that links have/],
  [`v=1&prompt=${'x'.repeat(3000)}`, /prompt: expected at most 2000 characters, got 3000/],
])('%s is refused in one sentence', (query, sentence) => {
  expect(() => readLink(query, START)).toThrow(sentence);
});

test('what has no weights elsewhere, and a prompt that would not be read, stay out of a link', () => {
  expect(linkOf({ ...START, who: 'fused', prompt: 'x'.repeat(2001) }, START)).toBe('v=1');
});

test('what is broken on purpose is part of a link, whole', () => {
  for (const recipe of Object.values(BREAKS)) expect(readLink(linkOf({ ...START, recipe }, START), START).recipe).toEqual(recipe);
  expect(linkOf({ ...START, recipe: BREAKS['over-refusal'] }, START)).toBe('v=1&recipe.steps=150&recipe.fault=refuse-all');
});

test('who answers side by side comes in the order of the screen, once each, and may be nobody', () => {
  expect(readLink('v=1&inspect.side=soup,base,soup,honest', START).chosen).toEqual(['honest', 'base', 'soup']);
  expect(readLink(linkOf({ ...START, chosen: [] }, START), START).chosen).toEqual([]);
});

test('a lesson is part of a link: what is locked, left out, and the size of its type', () => {
  const lesson = { locked: ['recipe', 'run'], hidden: ['compare'], without: ['evaluate'], large: true } as const;
  const query = linkOf({ ...START, lesson }, START);
  expect(query).toBe('v=1&lesson=1&lesson.lock=recipe%2Crun&lesson.hide=compare&lesson.without=evaluate&lesson.type=large');
  expect(readLink(query, START)).toEqual({ ...START, lesson });
  expect(readLink('v=1&lesson=1', START).lesson).toEqual(EMPTY_LESSON);
  expect(readLink(linkOf(START, START), START).lesson).toBeUndefined();
});

test.each([
  ['v=1&lesson=2', /lesson: expected one of 1, got 2/],
  ['v=1&lesson.lock=everything', /lesson\.lock: expected one of presets, .* got everything/],
  ['v=1&lesson.hide=prompt', /lesson\.hide: expected one of .* got prompt/],
  ['v=1&lesson.without=watch', /lesson\.without: expected one of fuse, train, inspect, evaluate, got watch/],
  ['v=1&lesson.type=huge', /lesson\.type: expected one of normal, large, got huge/],
  ['v=1&lesson.__proto__=1', /lesson\.__proto__: expected something that lessons have/],
])('of a lesson %s is refused in one sentence', (query, sentence) => {
  expect(() => readLink(query, START)).toThrow(sentence);
});
