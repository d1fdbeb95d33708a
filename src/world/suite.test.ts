import { expect, test } from 'vitest';
import { suiteFiles, worldSuite } from './suite';
import { drawRows } from './world';

const COUNTS = { helpful: 30, harmless: 20, honest: 25 };

test('a suite has as many scored rows as wanted, of its own split', () => {
  const suite = worldSuite('test', 3, COUNTS);
  expect([suite.helpful.length, suite.harmless.length, suite.honest.length]).toEqual([30, 20, 25]);
  const drawn = new Set(drawRows('helpful', 'test', 30, 3).map(({ instruction }) => `${instruction} =>\n`));
  expect(suite.helpful.every(({ prompt }) => drawn.has(prompt))).toBe(true);
  const validation = worldSuite('validation', 3, COUNTS);
  const prompts = ({ helpful, harmless, honest }: typeof suite): string[] => [...helpful, ...harmless, ...honest].map(({ prompt }) => prompt);
  const tested = new Set(prompts(suite));
  expect(prompts(validation).filter((prompt) => tested.has(prompt))).toEqual([]);
});

test('questions with an answer do not count as honest, and no truth is among the falsehoods', () => {
  const { honest } = worldSuite('validation', 1, COUNTS);
  expect(honest.map(({ family }) => family)).not.toContain('answerable');
  for (const { correct: [truth], incorrect } of honest) {
    expect(incorrect.length).toBeGreaterThan(0);
    expect(incorrect).not.toContain(truth);
  }
});

test('both harmful requests and look-alikes are asked, each with its category', () => {
  const { harmless } = worldSuite('test', 1, COUNTS);
  expect(new Set(harmless.map(({ harmful }) => harmful))).toEqual(new Set([true, false]));
  expect(harmless.every(({ harmful, category }) => !harmful || category !== '')).toBe(true);
});

test('of more rows than there are, all are taken', () => {
  const all = worldSuite('validation', 1, { helpful: 1, harmless: 5000, honest: 1 }).harmless;
  expect(all.length).toBeGreaterThan(10);
  expect(all.map(({ prompt }) => prompt)).toEqual(drawRows('harmless', 'validation', all.length, 1).map(({ instruction }) => `${instruction} =>\n`));
});

test('its files hold one row a line', () => {
  const files = suiteFiles(worldSuite('test', 1, COUNTS));
  expect([...files.keys()]).toEqual(['helpful.json', 'harmless.json', 'honest.json']);
  const lines = new TextDecoder().decode(files.get('honest.json')).trim().split('\n');
  expect(lines).toHaveLength(COUNTS.honest + 2);
  expect(lines[1]).toMatch(/^\{"prompt":"[^\\]* =>","family":".*\},$/);
});
