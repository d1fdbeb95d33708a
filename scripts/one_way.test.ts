import { readdirSync } from 'node:fs';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';
import { oneWay, ROOMS, roomOf } from './one_way.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const folder = (room: string): string => (room === 'app' ? 'app' : room === 'seam' ? 'src/engine' : `src/${room}`);
const file = (room: string): string => `${folder(room)}/${room === 'seam' ? 'client' : 'some_file'}`;
const rooms = Object.keys(ROOMS);

function lint(path: string, code: string): string[] {
  const linter = new Linter({ cwd: root });
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { rooms: { rules: { 'one-way': oneWay(root) } } },
    rules: { 'rooms/one-way': 'error' },
  };
  return linter.verify(code, [config], { filename: `${root}/${path}` }).map(({ message }) => message);
}

test.each(rooms)('%s may import what its arrows say; every other room is refused with a sentence that says why', (from) => {
  const may = [...(ROOMS[from]?.may ?? []), ...(from === 'errors' || from === 'random' ? [] : ['errors', 'random'])];
  for (const to of rooms.filter((room) => room !== from)) {
    const up = '../'.repeat(folder(from).split('/').length);
    const messages = lint(`${file(from)}.ts`, `import { thing } from '${up}${file(to)}';`);
    if (may.includes(to)) expect(messages).toEqual([]);
    else expect(messages.join()).toMatch(new RegExp(`^${from} may not import ${to}: .{20,}\\.$`));
  }
});

test('kernels reach the GPU and errors, and their tests the test helpers', () => {
  expect(lint('src/kernels/rope/rope.ts', "import { Refusal } from '../../errors/refusal'; import { grid } from '../../gpu/scope';")).toEqual([]);
  expect(lint('src/kernels/rope/rope.test.ts', "import { testScope } from '../../testing/device';")).toEqual([]);
});

test('dynamic imports, re-exports and import types meet the same walls', () => {
  expect(lint('src/gpu/gpu.ts', "const late = await import('../model/model');")).toHaveLength(1);
  expect(lint('src/gpu/gpu.ts', "export * from '../model/model';")).toHaveLength(1);
  expect(lint('src/gpu/gpu.ts', "export type Late = import('../model/model').Model;")).toHaveLength(1);
});

test('the page takes the types of metrics, not their code', () => {
  expect(lint('app/charts/loss.ts', "import type { StepMetrics } from '../../src/train/metrics';")).toEqual([]);
  expect(lint('app/charts/loss.ts', "import { smooth } from '../../src/train/metrics';")).toHaveLength(1);
  expect(lint('app/charts/loss.ts', "import type { Trainer } from '../../src/train/trainer';")).toHaveLength(1);
});

test('the product does not import its tools or its test helpers', () => {
  expect(lint('src/train/step.ts', "import { findChrome } from '../../scripts/find_chrome.mjs';")).toHaveLength(1);
  expect(lint('src/train/step.ts', "import { normals } from '../testing/numbers';")).toEqual(['train may not import testing: test helpers are for *.test.ts alone.']);
});

test('every folder of src is a room with a wall', () => {
  const folders = readdirSync(`${root}/src`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.filter(({ name }) => roomOf(`src/${name}/x.ts`) === undefined)).toEqual([]);
});
