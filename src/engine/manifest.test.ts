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
