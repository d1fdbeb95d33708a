import { expect, test } from 'vitest';
import { folderOf, foldersByName, rowsFileOf, type ChosenFile } from './own_folders';

const files = (...paths: string[]): ChosenFile[] => paths.map((path) => ({ path, bytes: new Blob([path]) }));
const names = (folder: { readonly files: readonly { readonly name: string }[] } | undefined): string[] => folder?.files.map(({ name }) => name) ?? [];

test('a model is the outermost folder with a config.json; loose files are named by where they go', () => {
  const deep = folderOf(files('mine/readme.md', 'mine/v2/config.json', 'mine/v2/model.safetensors', 'mine/v2/old/config.json'), 'Honest');
  expect([deep.name, names(deep)]).toEqual(['v2', ['config.json', 'model.safetensors']]);
  const loose = folderOf(files('config.json', 'model.safetensors'), 'Honest');
  expect([loose.name, names(loose)]).toEqual(['Honest', ['config.json', 'model.safetensors']]);
  expect(folderOf(files('mine/readme.md'), 'Honest').name).toBe('mine');
  expect(folderOf([], 'Honest')).toEqual({ name: 'Honest', files: [] });
});

test('one folder may hold all four, by name', () => {
  const all = foldersByName(files('all/base/config.json', 'all/Helpful/config.json', 'all/other/config.json', 'all/readme.md'));
  expect(Object.keys(all)).toEqual(['base', 'helpful']);
  expect(all.helpful?.name).toBe('Helpful');
});

test('rows are one file alone that belongs to no model', () => {
  expect(rowsFileOf(files('mine.jsonl'))?.path).toBe('mine.jsonl');
  for (const none of [files('config.json'), files('mine/tokenizer.json'), files('a.csv', 'b.csv'), files('model.safetensors'), []]) expect(rowsFileOf(none)).toBeUndefined();
});
