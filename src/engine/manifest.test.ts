import { expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { instructionOf, parseManifest } from './manifest';

const MODELS = ['base', 'helpful', 'harmless', 'honest'].map((id) => ({ id, name: id, description: `${id} model`, path: id }));
const DATASETS = ['helpful', 'harmless', 'honest'].map((id) => ({ id, file: `data/${id}.json`, rows: 400 }));
const GOOD = { version: 1, prompts: ['Name three birds.'], models: MODELS, datasets: DATASETS };

function refusal(change: object): string {
  try {
    parseManifest(JSON.stringify({ ...GOOD, ...change }), 'manifest.json');
  } catch (error) {
    if (error instanceof Refusal) return error.message;
  }
  return 'accepted';
}

test('a manifest is read by id, whatever its order', () => {
  const manifest = parseManifest(JSON.stringify({ ...GOOD, models: [...MODELS].reverse() }), 'manifest.json');
  expect(manifest.models.harmless.path).toBe('harmless');
  expect(manifest.datasets.honest).toEqual({ file: 'data/honest.json', rows: 400 });
});

test('text that is no JSON is refused', () => {
  expect(() => parseManifest('<!doctype html>', 'manifest.json')).toThrow(/manifest\.json, the file: expected JSON/);
});

test('a missing model is named', () => {
  expect(refusal({ models: MODELS.slice(0, 3) })).toMatch(/expected an entry for honest/);
});

test('a second entry of one id is refused', () => {
  expect(refusal({ datasets: [...DATASETS, ...DATASETS] })).toMatch(/datasets\[3\]\.id: expected one of/);
});

test.each(['../secret', '/etc', 'a/../../b', 'https://elsewhere', ''])('the path %j is refused', (path) => {
  expect(refusal({ models: MODELS.map((model) => ({ ...model, path })) })).toMatch(/models\[0\]\.path/);
});

test('a dataset without rows and an unknown version are refused', () => {
  expect(refusal({ datasets: DATASETS.map((set) => ({ ...set, rows: 0 })) })).toMatch(/datasets\[0\]\.rows/);
  expect(refusal({ version: 2 })).toMatch(/version: expected 1, got 2/);
});

test('a prompt is dressed as the datasets dress theirs, its own signs untouched', () => {
  expect(instructionOf(parseManifest(JSON.stringify(GOOD), 'm'), 'a $& b')).toBe('a $& b');
  expect(instructionOf(parseManifest(JSON.stringify({ ...GOOD, promptTemplate: '{prompt} =>' }), 'm'), 'a $& b')).toBe('a $& b =>');
  expect(refusal({ promptTemplate: 'no slot' })).toMatch(/promptTemplate: expected a text with \{prompt\} once, got no slot/);
});

test('the template is alpaca unless the manifest says plain', () => {
  expect(parseManifest(JSON.stringify(GOOD), 'manifest.json').template).toBe('alpaca');
  expect(parseManifest(JSON.stringify({ ...GOOD, template: 'plain' }), 'manifest.json').template).toBe('plain');
  expect(refusal({ template: 'chat' })).toMatch(/template: expected alpaca or plain, got chat/);
});

test('baselines are optional, and what is tuned is read by id', () => {
  expect(parseManifest(JSON.stringify(GOOD), 'm').baselines).toEqual([]);
  const baselines = [
    { id: 'dare', settings: { method: 'dare', drop: 0.5, scales: [1, 0.4, 1], seed: 3 } }, { id: 'soup', settings: { method: 'soup' } },
    { id: 'ensemble-mean' }, { id: 'ensemble-perplexity', temperature: 0.2 },
  ];
  expect(parseManifest(JSON.stringify({ ...GOOD, baselines }), 'm').baselines).toEqual(baselines);
});

test.each([
  [{ id: 'average' }, /baselines\[0\]\.id: expected one of soup, .*, each at most once, got average/],
  [{ id: 'ties', settings: { method: 'dare' } }, /baselines\[0\]\.settings\.method: expected ties, as the id, got dare/],
  [{ id: 'ties', settings: { method: 'ties', density: 0.5 } }, /baselines\[0\]\.settings\.scale: expected a number, got nothing/],
  [{ id: 'slerp', settings: { method: 'slerp', weights: ['1'] } }, /baselines\[0\]\.settings\.weights\[0\]: expected a number, got 1/],
  [{ id: 'ensemble-perplexity', temperature: 0 }, /baselines\[0\]\.temperature: expected a number above 0, got 0/],
])('the baseline %j is refused', (baseline, sentence) => {
  expect(refusal({ baselines: [baseline] })).toMatch(sentence);
});

test('a baseline that is tuned twice is refused', () => {
  expect(refusal({ baselines: [{ id: 'ensemble-mean' }, { id: 'ensemble-mean' }] })).toMatch(/baselines\[1\]\.id/);
});
