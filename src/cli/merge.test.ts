import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readModel } from '../formats/model_files';
import { writeAdapter } from '../formats/peft';
import { merge } from '../fusion/merge/merge';
import type { MergeSettings } from '../fusion/merge/settings';
import { directorySource } from '../headless/directory';
import { hostTensor } from '../testing/host_tensor';
import { otherFfn, SMALL, smallWeights, tempFolder, writeFiles, writeSmallModel } from '../testing/model_directories';
import { fingerprintOf } from './fingerprint';
import { invoke } from './invoke';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const NAMES = ['helpful', 'harmless', 'honest'] as const;
const weights = smallWeights(SMALL);
const base = { name: 'base', config: SMALL, weights };
const models = NAMES.map((name, i) => ({ name, config: SMALL, weights: otherFfn(weights, SMALL, 10 + i) }));

const run = (...args: string[]) => invoke('merge', args, () => { throw new Error('the GPU was touched'); });
const pairs = NAMES.map((name) => `${name}=${at(name)}`).join(',');
const mergeTo = (out: string, ...options: string[]) => run('--base', at('base'), '--expert', pairs, '--out', at(out), ...options);

beforeAll(() => {
  writeSmallModel(at('base'), SMALL, weights);
  models.forEach(({ name, weights: own }) => { writeSmallModel(at(name), SMALL, own); });
});

test.each<[MergeSettings, string[]]>([
  [{ method: 'soup' }, []],
  [{ method: 'task-arithmetic', scales: [0.4] }, []],
  [{ method: 'task-arithmetic', scales: [0.7] }, ['--scale', '0.7']],
  [{ method: 'task-arithmetic', scales: [1, 0.8, -1.2] }, ['--scales', '1,0.8,-1.2']],
  [{ method: 'ties', density: 0.2, scale: 1 }, []],
  [{ method: 'ties', density: 0.5, scale: 0.8 }, ['--density', '0.5', '--scale', '0.8']],
  [{ method: 'dare', drop: 0.9, scales: [0.3], seed: 7 }, ['--drop', '0.9', '--scale', '0.3', '--seed', '7']],
  [{ method: 'slerp', weights: [1] }, []],
  [{ method: 'slerp', weights: [2, 1, 0.5] }, ['--weights', '2,1,0.5']],
])('merge writes the model that its settings give, with its tokenizer and facts: %j', async (settings, options) => {
  const { method, ...numbers } = settings;
  const answer = await mergeTo('merged', '--method', method, ...options);
  expect(answer).toMatchObject({ out: at('merged'), method, settings: numbers, parameters: 22_688 });
  expect(answer['seconds']).toBeGreaterThanOrEqual(0);
  const { config, weights: written, fileNames } = await readModel(directorySource(at('merged')));
  expect(config).toEqual((await readModel(directorySource(at('base')))).config);
  expect(fileNames).toContain('tokenizer.json');
  const want = merge(base, models, settings);
  for (const [name, { data }] of want.weights) expect([...written.get(name)?.data ?? []], name).toEqual([...data]);
  const { h3fusion } = JSON.parse(readFileSync(join(at('merged'), 'config.json'), 'utf8')) as Record<string, unknown>;
  expect(h3fusion).toMatchObject({ made: 'merge', method, settings: numbers, merged: NAMES, base: fingerprintOf(base) });
});

test('an adapter merges like the model that it stands for, and is refused as the base', async () => {
  const module = 'model.layers.0.mlp.up_proj';
  const pair = { a: hostTensor([1, 32], new Float32Array(32).fill(0.5)), b: hostTensor([40, 1], new Float32Array(40).fill(0.25)) };
  const made = { rank: 1, alpha: 2, dropout: 0, base: at('base'), fingerprint: fingerprintOf(base) };
  writeFiles(at('adapter'), writeAdapter({ ...made, tensors: new Map([[module, pair]]) }));
  await run('--base', at('base'), '--expert', `a=${at('adapter')}`, '--method', 'soup', '--out', at('of adapter'));
  const { weights: written } = await readModel(directorySource(at('of adapter')));
  const want = weights.get(`${module}.weight`)?.data.map((value) => value + 0.25);
  expect(written.get(`${module}.weight`)?.data).toEqual(want);
  await expect(run('--base', at('adapter'), '--expert', pairs)).rejects.toThrow(/adapter: expected a whole model as the base, got a LoRA directory; /);
});

test('options of another method are refused in one sentence, and so are two scales and lists that do not fit', async () => {
  await expect(mergeTo('no', '--method', 'soup', '--density', '0.2')).rejects.toThrow(
    '--density: expected --method ties, got soup; leave it out.');
  await expect(mergeTo('no', '--method', 'ties', '--scales', '1,1,1')).rejects.toThrow(
    '--scales: expected --method task-arithmetic or dare, got ties; leave it out.');
  await expect(mergeTo('no', '--seed', '1')).rejects.toThrow('--seed: expected --method dare, got task-arithmetic; leave it out.');
  await expect(mergeTo('no', '--scale', '1', '--scales', '1,1,1')).rejects.toThrow(
    '--scales: expected one scale for all or one each, got --scale too; leave one out.');
  await expect(mergeTo('no', '--scales', '1,1')).rejects.toThrow('merge, scales: expected one number, or 3, one for each model, got 2; ');
  await expect(mergeTo('no', '--method', 'dare', '--drop', '1')).rejects.toThrow('--drop: expected a number from 0 to 0.99, got "1"; ');
  await expect(mergeTo('no', '--method', 'blend')).rejects.toThrow('--method: expected one of soup, task-arithmetic, ties, dare, slerp, got "blend"; ');
});

test('models of another shape, and an output folder that is an input, are refused', async () => {
  writeSmallModel(at('wide'), { ...SMALL, ffnWidth: 48 });
  await expect(run('--base', at('base'), '--expert', `a=${at('wide')}`, '--out', at('no'))).rejects.toThrow(
    'a, ffnWidth: expected 40 as in base, got 48; ');
  await expect(mergeTo('honest')).rejects.toThrow('--out: expected another directory than the inputs');
});
