import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isValidation, SPLIT_SEED } from '../data/split';
import { readModel } from '../formats/model_files';
import { readHeader, readSafetensors } from '../formats/safetensors';
import { writeSafetensors } from '../formats/safetensors_writer';
import { directorySource } from '../headless/directory';
import { nodeGpu } from '../headless/node_gpu';
import { referenceGradients } from '../model/reference/loss';
import { otherFfn, SMALL, smallRows, smallWeights, tempFolder, writeSmallModel, writeSmallRows } from '../testing/model_directories';
import { relativeError } from '../testing/numbers';
import { TOLERANCE } from '../testing/tolerances';
import { fingerprintOf } from './fingerprint';
import { invoke } from './invoke';
import { openModel } from './open_model';

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
const HELPFUL = ['--data', at('helpful.jsonl'), '--template', 'plain'];
const TWO_DATASETS = ['--data', `a=${at('helpful.jsonl')},b=${at('honest.jsonl')}`, '--template', 'plain'];

// A type, not an interface: an answer's record is taken for it.
type Aligned = Readonly<{ validation: Readonly<{ before: number; after: number }> }>;

beforeAll(() => {
  const weights = smallWeights(SMALL);
  writeSmallModel(at('base'), SMALL, weights);
  NAMES.forEach((name, i) => {
    writeSmallModel(at(name), SMALL, otherFfn(weights, SMALL, 10 + i));
    writeSmallRows(at(`${name}.jsonl`), name);
  });
});

test('fuse writes a mixture, metrics and every loss; the same seed gives bit-equal weights, another does not', async () => {
  const answer = await run('fuse', ...FUSE, '--out', at('fused'));
  expect(answer).toMatchObject({ out: at('fused'), steps: 3, warmupSteps: 1, stopped: false });
  const held = smallRows('helpful').filter(({ prompt, response }) => isValidation({ prompt: `${prompt}\n`, response }, SPLIT_SEED)).length;
  expect(answer['rows']).toMatchObject({ helpful: { train: 30 - held, validation: held, dropped: 0 } });
  const { nll, rows } = await run('loss', '--model', at('fused'), ...HELPFUL, '--split', 'validation');
  expect(rows).toBe(held);
  expect((answer['loss'] as Record<string, number>)['helpful']).toBeCloseTo(nll as number, 4);
  const lines = readFileSync(join(at('fused'), 'metrics.jsonl'), 'utf8').trim().split('\n');
  const steps = lines.map((line) => JSON.parse(line) as { step: number; phase: string });
  expect(steps.map(({ step, phase }) => `${phase} ${String(step)}`)).toEqual(['warmup 1', 'tune 2', 'tune 3', 'tune 4']);
  const config = JSON.parse(readFileSync(join(at('fused'), 'config.json'), 'utf8')) as Record<string, unknown>;
  expect(config).toMatchObject({ model_type: 'mixtral', num_local_experts: 3, num_experts_per_tok: 2 });
  expect(config['h3fusion']).toMatchObject({ routing: 'token', experts: NAMES, made: 'fuse', stepsDone: 4 });

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
    const sequence = ['--ids', ids.join(','), '--labels', labels.join(',')];
    const answer = await run('grads', '--model', at('fused'), ...sequence, ...options);
    const { config, weights } = await readModel(directorySource(at('fused')));
    const exact = new Map([...weights].map(([name, { data }]) => [name, Float64Array.from(data)]));
    const batch = { ids: [ids], labels: [labels], datasetLabels: [2] };
    const want = referenceGradients(config, exact, batch, { gateMode: 'nll', gateWeight: 0.3, topK });
    for (const key of ['loss', 'lm', 'gate'] as const) {
      expect(relativeError([answer[key] as number], [want[key]]), key).toBeLessThan(TOLERANCE.model);
    }
    const got = readSafetensors(new Uint8Array(readFileSync(at('gradients.safetensors'))), 'gradients');
    expect([...got.keys()].sort()).toEqual([...weights.keys()].sort());
    for (const [name, gradient] of want.gradients) {
      expect(got.get(name)?.shape).toEqual(weights.get(name)?.shape);
      const values = got.get(name)?.data ?? new Float32Array(1).fill(NaN);
      // Top-1 gives some experts no token, and with it no gradient: zero against zero has no relative error.
      if (gradient.every((value) => value === 0)) expect(values.every((value) => value === 0), name).toBe(true);
      else expect(relativeError(values, gradient), name).toBeLessThan(TOLERANCE.model);
    }
  }
});

test.each([
  ['adapters', 'sequence',
    ['--train', 'lora', '--router-init', 'hidden', '--gate-loss', 'paper-code', '--dropout', '0.1', '--drift', '0.1,0,2']],
  ['the router alone', 'token', ['--train', 'router', '--router-init', 'random', '--gate-loss', 'none', '--top-k', '1']],
  ['experts and attention', 'token', ['--attention', '--balance-weight', '0.1', '--z-weight=0.01', '--top-k', '3', '--limit', '9']],
])('fuse trains %s with %s routing: what trains changes, the rest stays as it was', async (what, routing, options) => {
  const out = at(what);
  const answer = await run('fuse', ...FUSE, '--routing', routing, '--warmup-steps', '0', ...options, '--out', out);
  expect(answer['meanLoss']).toBeLessThan(10);
  const { config, weights } = await readModel(directorySource(out));
  expect(config.routing).toBe(routing);
  const base = smallWeights(SMALL);
  const changed = (name: string, start: string, seed?: number): boolean => {
    const from = (seed === undefined ? base : otherFfn(base, SMALL, seed)).get(start)?.data ?? [];
    return relativeError(weights.get(name)?.data ?? [], from) > 0;
  };
  expect(changed('model.embed_tokens.weight', 'model.embed_tokens.weight')).toBe(false);
  const query = 'model.layers.1.self_attn.q_proj.weight';
  expect(changed(query, query)).toBe(options.includes('--attention'));
  const expert = 'model.layers.1.block_sparse_moe.experts.2.w1.weight';
  expect(changed(expert, 'model.layers.1.mlp.gate_proj.weight', 12)).toBe(!options.includes('router'));
});

test('grads under sequence routing take the prompt to end before the first label', async () => {
  const ids = [1, 40, 71, 80, 33, 2];
  const labels = [-100, -100, -100, 80, 33, 2];
  const out = at('sequence.safetensors');
  const model = ['--model', at('adapters'), '--gate-weight', '0.3'];
  const answer = await run('grads', ...model, '--ids', ids.join(','), '--labels', labels.join(','), '--out', out);
  const { config, weights } = await readModel(directorySource(at('adapters')));
  const exact = new Map([...weights].map(([name, { data }]) => [name, Float64Array.from(data)]));
  const batch = { ids: [ids], labels: [labels], datasetLabels: [0], promptLengths: [3] };
  const want = referenceGradients(config, exact, batch, { gateMode: 'nll', gateWeight: 0.3 });
  expect(answer['loss']).toBeCloseTo(want.loss, 4);
  const got = readSafetensors(new Uint8Array(readFileSync(out)), 'gradients');
  const gate = 'model.layers.0.block_sparse_moe.gate.weight';
  expect(relativeError(got.get(gate)?.data ?? [], want.gradients.get(gate) ?? [])).toBeLessThan(TOLERANCE.model);
});

test('logits of the fused model report the router of every layer and token', async () => {
  const answer = await run('logits', '--model', at('fused'), '--ids', '1,40,71', '--router');
  const { router, logits, argmax } = answer as { router: number[][][]; logits: number[]; argmax: number };
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
  const align = ['--base', at('base'), ...HELPFUL, '--steps', '4', '--batch', '8', '--lr', '0.02', '--dropout', '0'];
  const aligned = await run('align', ...align, '--out', at('adapter')) as Aligned;
  expect(aligned).toMatchObject({ mode: 'lora', steps: 4, stopped: false });
  expect(aligned.validation.after).toBeLessThan(aligned.validation.before);
  const { nll } = await run('loss', '--model', at('adapter'), ...HELPFUL, '--split', 'validation');
  expect(nll).toBeCloseTo(aligned.validation.after, 4);
  expect(await run('info', '--model', at('adapter'))).toMatchObject({ lora: { rank: 8, alpha: 16, modules: 6 } });

  const full = await run('align', ...align, '--mode', 'full', '--out', at('full')) as Aligned;
  expect(full.validation.after).toBeLessThan(full.validation.before);
  const two = ['--base', at('base'), '--expert', `a=${at('adapter')},b=${at('full')}`, ...TWO_DATASETS];
  const fused = await run('fuse', ...two, '--steps', '0', '--warmup-steps', '0', '--out', at('two'), '--compare');
  expect(fused['steps']).toBe(0);
  const compare = fused['compare'] as Record<string, Record<string, number>>;
  expect(Object.keys(compare)).toEqual(['base', 'a', 'b']);
  expect(compare['a']?.['a']).toBeCloseTo(aligned.validation.after, 4);
});

test('an adapter is refused beside any base but the one it was trained on, though shapes and paths agree', async () => {
  writeSmallModel(at('retrained'), SMALL, otherFfn(smallWeights(SMALL), SMALL, 21));
  const sentence = /adapter_model\.safetensors, h3fusion\.base: expected an adapter of .*retrained, [0-9a-f]{12}…, got one of the base [0-9a-f]{12}…; /;
  await expect(run('info', '--model', at('adapter'), '--base', at('retrained'))).rejects.toThrow(sentence);
  const two = ['--base', at('retrained'), '--expert', `a=${at('adapter')},b=${at('retrained')}`, ...TWO_DATASETS];
  await expect(run('fuse', ...two)).rejects.toThrow(sentence);
  const header = readHeader(new Uint8Array(readFileSync(join(at('adapter'), 'adapter_model.safetensors'))), 'adapter');
  const own = header.metadata.get('h3fusion.base');
  expect(own).toBe(fingerprintOf({ config: SMALL, weights: smallWeights(SMALL) }));
  for (const made of ['full', 'two']) expect(readFileSync(join(at(made), 'config.json'), 'utf8')).toContain(`"base": "${own ?? ''}"`);
});

test('an unmarked adapter is refused where the base that it names is at hand, and else taken with a word on stderr', async () => {
  writeSmallModel(at('other base'), SMALL, smallWeights(SMALL, 3));
  cpSync(at('adapter'), at('unmarked'), { recursive: true });
  const file = join(at('unmarked'), 'adapter_model.safetensors');
  writeFileSync(file, writeSafetensors(readSafetensors(new Uint8Array(readFileSync(file)), 'adapter')));
  expect(readFileSync(join(at('unmarked'), 'adapter_config.json'), 'utf8')).toContain(at('base'));
  const two = ['--base', at('other base'), '--expert', `a=${at('unmarked')},b=${at('unmarked')}`, ...TWO_DATASETS];
  const sentence = /base_model_name_or_path: expected an adapter of .*other base, got one of .*base, whose weights differ/;
  await expect(run('fuse', ...two)).rejects.toThrow(sentence);
  const said: string[] = [];
  await openModel(at('unmarked'), { say: (line) => { said.push(line); } });
  expect(said).toEqual([expect.stringMatching(/unmarked: the adapter carries no fingerprint of its base, so that it could not be checked/)]);
  await openModel(at('adapter'), { say: (line) => { said.push(line); } });
  expect(said).toHaveLength(1);
});
