import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isValidation } from '../data/split';
import { readModel } from '../formats/model_files';
import { readSafetensors } from '../formats/safetensors';
import { directorySource } from '../headless/directory';
import { nodeGpu } from '../headless/node_gpu';
import { referenceGradients } from '../model/reference/loss';
import { otherFfn, SMALL, smallRows, smallWeights, tempFolder, writeSmallModel, writeSmallRows } from '../testing/model_directories';
import { relativeError } from '../testing/numbers';
import { TOLERANCE } from '../testing/tolerances';
import { invoke } from './invoke';
import { SPLIT_SEED } from './open_rows';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const run = (name: string, ...args: string[]) => invoke(name, args, () => nodeGpu(() => undefined));
const NAMES = ['helpful', 'harmless', 'honest'] as const;
const pairs = (path: (name: typeof NAMES[number]) => string): string => NAMES.map((name) => `${name}=${path(name)}`).join(',');
const weightsOf = (name: string): Buffer => readFileSync(join(at(name), 'model.safetensors'));
const FUSE = [
  '--base', at('base'), '--expert', pairs(at), '--data', pairs((name) => at(`${name}.jsonl`)),
  '--template', 'plain', '--steps', '3', '--warmup-steps', '1', '--batch', '6', '--micro-batch', '3', '--router-rows', '4', '--seed', '5',
];

beforeAll(() => {
  const weights = smallWeights(SMALL);
  writeSmallModel(at('base'), SMALL, weights);
  NAMES.forEach((name, i) => {
    writeSmallModel(at(name), SMALL, otherFfn(weights, SMALL, 10 + i));
    writeSmallRows(at(`${name}.jsonl`), name);
  });
});

test('fuse writes a mixture, its metrics and the loss of every dataset; the same seed gives bit-equal weights, another does not', async () => {
  const answer = await run('fuse', ...FUSE, '--out', at('fused'));
  expect(answer).toMatchObject({ out: at('fused'), steps: 3, warmupSteps: 1, stopped: false });
  const held = smallRows('helpful').filter((row) => isValidation({ prompt: `${row.prompt}\n`, response: row.response }, SPLIT_SEED)).length;
  expect(answer['rows']).toMatchObject({ helpful: { train: 30 - held, validation: held, dropped: 0 } });
  const { nll, rows } = await run('loss', '--model', at('fused'), '--data', at('helpful.jsonl'), '--split', 'validation', '--template', 'plain');
  expect(rows).toBe(held);
  expect((answer['loss'] as Record<string, number>)['helpful']).toBeCloseTo(nll as number, 4);
  const metrics = readFileSync(join(at('fused'), 'metrics.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { step: number; phase: string });
  expect(metrics.map(({ step, phase }) => `${phase} ${step}`)).toEqual(['warmup 1', 'tune 2', 'tune 3', 'tune 4']);
  const config = JSON.parse(readFileSync(join(at('fused'), 'config.json'), 'utf8')) as Record<string, unknown>;
  expect(config).toMatchObject({ model_type: 'mixtral', num_local_experts: 3, num_experts_per_tok: 2, h3fusion: { routing: 'token', experts: NAMES } });

  await run('fuse', ...FUSE, '--out', at('again'));
  expect(weightsOf('again').equals(weightsOf('fused'))).toBe(true);
  await run('fuse', ...FUSE, '--seed', '6', '--out', at('other'));
  expect(weightsOf('other').equals(weightsOf('fused'))).toBe(false);
});

test('grads of the fused model agree with the float64 reference, under the names of its file', async () => {
  const ids = [1, 40, 71, 80, 33, 2];
  const labels = [-100, -100, 71, 80, -100, 2];
  for (const topK of [2, 1]) {
    const options = ['--top-k', String(topK), '--gate-weight', '0.3', '--dataset-label', '2', '--out', at('gradients.safetensors')];
    const answer = await run('grads', '--model', at('fused'), '--ids', ids.join(','), '--labels', labels.join(','), ...options);
    const { config, weights } = await readModel(directorySource(at('fused')));
    const exact = new Map([...weights].map(([name, { data }]) => [name, Float64Array.from(data)]));
    const want = referenceGradients(config, exact, { ids: [ids], labels: [labels], datasetLabels: [2] }, { gateMode: 'nll', gateWeight: 0.3, topK });
    for (const key of ['loss', 'lm', 'gate'] as const) expect(relativeError([answer[key] as number], [want[key]])).toBeLessThan(TOLERANCE.model);
    const got = readSafetensors(new Uint8Array(readFileSync(at('gradients.safetensors'))), 'gradients');
    expect([...got.keys()].sort()).toEqual([...weights.keys()].sort());
    for (const [name, gradient] of want.gradients) {
      expect(got.get(name)?.shape).toEqual(weights.get(name)?.shape);
      if (gradient.some((value) => value !== 0)) expect({ name, good: relativeError(got.get(name)?.data ?? [], gradient) < TOLERANCE.model }).toEqual({ name, good: true });
    }
  }
});

test('logits of the fused model report the router of every layer and token', async () => {
  const { router, logits, argmax } = await run('logits', '--model', at('fused'), '--ids', '1,40,71', '--router') as { router: number[][][]; logits: number[]; argmax: number };
  expect([router.length, router[0]?.length, router[0]?.[0]?.length]).toEqual([2, 3, 3]);
  for (const probabilities of router.flat()) expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  expect(logits[argmax]).toBe(Math.max(...logits));
});

test('generate draws the same text twice with one seed', async () => {
  const args = ['--model', at('fused'), '--prompt', 'honest 3', '--max-new-tokens', '6', '--temperature', '1.5', '--seed', '3'];
  const first = await run('generate', ...args);
  expect(first['ids']).toHaveLength(6);
  expect(typeof first['text']).toBe('string');
  expect(await run('generate', ...args)).toEqual(first);
  expect(await run('generate', '--model', at('fused'), '--ids', '1,40', '--max-new-tokens', '2')).toMatchObject({ text: null });
});

test('an adapter that align writes gives the loss that align measured, and fuses like the model it stands for', async () => {
  const data = ['--data', at('helpful.jsonl'), '--template', 'plain'];
  const align = ['--base', at('base'), ...data, '--steps', '4', '--batch', '8', '--lr', '0.02', '--dropout', '0'];
  const aligned = await run('align', ...align, '--out', at('adapter')) as { validation: { before: number; after: number } };
  expect(aligned).toMatchObject({ mode: 'lora', steps: 4, stopped: false });
  expect(aligned.validation.after).toBeLessThan(aligned.validation.before);
  const measured = await run('loss', '--model', at('adapter'), ...data, '--split', 'validation') as { nll: number };
  expect(measured.nll).toBeCloseTo(aligned.validation.after, 4);
  expect(await run('info', '--model', at('adapter'))).toMatchObject({ lora: { rank: 8, alpha: 16, modules: 6 }, adapter: expect.any(String) as string });

  const full = await run('align', ...align, '--mode', 'full', '--out', at('full')) as { validation: { before: number; after: number } };
  expect(full.validation.after).toBeLessThan(full.validation.before);
  const two = ['--expert', `a=${at('adapter')},b=${at('full')}`, '--data', `a=${at('helpful.jsonl')},b=${at('honest.jsonl')}`, '--out', at('two')];
  const fused = await run('fuse', '--base', at('base'), ...two, '--template', 'plain', '--steps', '0', '--warmup-steps', '0', '--compare');
  expect(fused).toMatchObject({ steps: 0, compare: { base: { a: expect.any(Number) as number }, a: {}, b: {} } });
});

test('an adapter of another base is refused where its base is at hand', async () => {
  writeSmallModel(at('other base'), SMALL, smallWeights(SMALL, 3));
  const adapter = readFileSync(join(at('adapter'), 'adapter_config.json'), 'utf8');
  expect(adapter).toContain(at('base'));
  const two = ['--expert', `a=${at('adapter')},b=${at('adapter')}`, '--data', `a=${at('helpful.jsonl')},b=${at('honest.jsonl')}`];
  await expect(run('fuse', '--base', at('other base'), ...two, '--template', 'plain')).rejects.toThrow(/base_model_name_or_path: expected an adapter of .*other base, got one of .*base, whose weights differ/);
});
