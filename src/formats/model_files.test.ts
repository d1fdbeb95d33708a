import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { hostTensor } from '../testing/host_tensor';
import { hostWeights, TINY } from '../testing/tiny_model';
import { SHARED_DATA, sharedFile, WHY_SKIPPED } from '../testing/shared_data';
import { memorySource } from './file_source';
import type { HostTensor } from './host_tensor';
import type { ModelConfig } from './hf_config';
import { writeConfig } from './hf_config_writer';
import { readModel, toFileNames, writeModel, type ModelFiles } from './model_files';
import { readSafetensors } from './safetensors';
import { writeSafetensors } from './safetensors_writer';

const DENSE: ModelConfig = { ...TINY, experts: 1, topK: 1, tied: true, bos: 1, eos: [2] };
type Files = Map<string, Uint8Array<ArrayBuffer>>;
const text = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const read = (files: Files): Promise<ModelFiles> => readModel(memorySource('dir', files));

/** The files of a model whose tensors were changed. */
function changed(config: ModelConfig, change: (tensors: Map<string, HostTensor>) => void): Files {
  const files = writeModel(config, hostWeights(config));
  const tensors = readSafetensors(files.get('model.safetensors') ?? new Uint8Array(), 'm');
  change(tensors);
  return files.set('model.safetensors', writeSafetensors(tensors));
}

async function refusal(files: Files): Promise<Refusal> {
  const error: unknown = await read(files).then(() => undefined, (reason: unknown) => reason);
  if (error instanceof Refusal) return error;
  throw new Error(`no Refusal but ${String(error)}`);
}

test.each([['dense', DENSE], ['untied', { ...DENSE, tied: false }], ['routed', TINY],
  ['sequence-routed', { ...TINY, routing: 'sequence' as const }]])(
  'a %s model that is written reads back bit for bit, with its own names as file names', async (_, config) => {
    const weights = hostWeights(config);
    const model = await read(writeModel(config, weights));
    expect(model.config).toEqual(config);
    expect(model.weights).toEqual(weights);
    expect(toFileNames(model.weights, model)).toEqual(new Map([...weights].sort()));
    expect(model.fileNames).toEqual(['config.json', 'generation_config.json', 'model.safetensors']);
  },
);

test('F16 weights come back within half precision', async () => {
  const weights = hostWeights(TINY);
  const model = await read(writeModel(TINY, weights, { dtype: 'F16' }));
  for (const [name, { data }] of weights) {
    data.forEach((value, i) => { expect(Math.abs((model.weights.get(name)?.data[i] ?? NaN) - value)).toBeLessThan(2 ** -10); });
  }
});

test('a tied model that stores lm_head alone is read, and gradients go back under that name', async () => {
  const model = await read(changed(DENSE, (tensors) => {
    const embedding = tensors.get('model.embed_tokens.weight');
    tensors.delete('model.embed_tokens.weight');
    if (embedding !== undefined) tensors.set('lm_head.weight', embedding);
  }));
  expect(model.weights).toEqual(hostWeights(DENSE));
  const grads = toFileNames(hostWeights(DENSE, 2), model);
  expect(grads.get('lm_head.weight')).toEqual(hostWeights(DENSE, 2).get('model.embed_tokens.weight'));
  expect(grads.has('model.embed_tokens.weight')).toBe(false);
});

test('a tied model may store both names with the same values, and is refused with others', async () => {
  const both = (value: number | undefined): Files => changed(DENSE, (tensors) => {
    const embedding = tensors.get('model.embed_tokens.weight') ?? hostTensor([1]);
    const copy = Float32Array.from(embedding.data);
    if (value !== undefined) copy[5] = value;
    tensors.set('lm_head.weight', { shape: embedding.shape, data: copy });
  });
  expect((await read(both(undefined))).weights).toEqual(hostWeights(DENSE));
  const { message } = await refusal(both(0.5));
  expect(message).toContain('expected the values that the file gives model.embed_tokens.weight under its other name');
});

test('the stacked Mixtral names of transformers 5 are read, and gradients go back stacked', async () => {
  const { ffnWidth: F, width: C, experts: E } = TINY;
  const files = changed(TINY, (tensors) => {
    for (let layer = 0; layer < TINY.layers; layer++) {
      const old = `model.layers.${String(layer)}.block_sparse_moe`;
      const take = (name: string): number[] => {
        const data = [...(tensors.get(`${old}.${name}`)?.data ?? [])];
        tensors.delete(`${old}.${name}`);
        return data;
      };
      const experts = [0, 1, 2].map((e) => [1, 2, 3].map((w) => take(`experts.${String(e)}.w${String(w)}.weight`)));
      const stacked = `model.layers.${String(layer)}.mlp`;
      tensors.set(`${stacked}.gate.weight`, hostTensor([E, C], take('gate.weight')));
      tensors.set(`${stacked}.experts.gate_up_proj`, hostTensor([E, 2 * F, C], experts.flatMap(([w1 = [], , w3 = []]) => [...w1, ...w3])));
      tensors.set(`${stacked}.experts.down_proj`, hostTensor([E, C, F], experts.flatMap(([, w2 = []]) => w2)));
    }
  });
  const model = await read(files);
  expect(model.weights).toEqual(hostWeights(TINY));
  const stored = readSafetensors(files.get('model.safetensors') ?? new Uint8Array(), 'm');
  expect(toFileNames(model.weights, model)).toEqual(stored);
});

test('rotary buffers of old checkpoints are passed over', async () => {
  const model = await read(changed(DENSE, (tensors) => tensors.set('model.layers.0.self_attn.rotary_emb.inv_freq', hostTensor([2]))));
  expect(model.weights).toEqual(hostWeights(DENSE));
});

/** A dense model in two shards, with the index that is to name them. */
function sharded(map?: (names: Map<string, string>) => void): Files {
  const tensors = [...hostWeights(DENSE)];
  const halves = [tensors.slice(0, 9), tensors.slice(9)];
  const names = new Map<string, string>();
  const files: Files = new Map([['config.json', text(writeConfig(DENSE))]]);
  halves.forEach((half, i) => {
    const file = `model-0000${String(i + 1)}-of-00002.safetensors`;
    for (const [name] of half) names.set(name, file);
    files.set(file, writeSafetensors(new Map(half)));
  });
  map?.(names);
  return files.set('model.safetensors.index.json', text({ metadata: {}, weight_map: Object.fromEntries(names) }));
}

test('a model in shards is read', async () => {
  expect((await read(sharded())).weights).toEqual(hostWeights(DENSE));
});

describe('refused with one sentence:', () => {
  const norm = 'model.norm.weight';
  test.each<[string, () => Files, string, string]>([
    ['no config', () => new Map(), 'missing-file', 'dir/config.json: expected the file, got none; give a Hugging Face model directory'],
    ['no weights', () => new Map([['config.json', text(writeConfig(DENSE))]]), 'missing-file', 'dir/model.safetensors'],
    ['PyTorch weights', () => new Map([['config.json', text(writeConfig(DENSE))], ['pytorch_model.bin', text('')]]), 'missing-file',
      'convert pytorch_model.bin'],
    ['a tensor missing', () => changed(DENSE, (t) => t.delete(norm)), 'bad-tensor',
      `dir/model.safetensors, ${norm}: expected a tensor of shape (12), got none`],
    ['a wrong shape', () => changed(DENSE, (t) => t.set(norm, hostTensor([11]))), 'bad-tensor', `${norm}: expected shape (12), got (11)`],
    ['a transposed shape', () => changed(DENSE, (t) => t.set('model.layers.1.mlp.up_proj.weight', hostTensor([12, 13]))), 'bad-tensor',
      'expected shape (13, 12), got (12, 13)'],
    ['an unknown tensor', () => changed(DENSE, (t) => t.set('model.layers.0.self_attn.q_proj.bias', hostTensor([16]))), 'bad-tensor',
      'q_proj.bias: expected only tensors that config.json describes'],
    ['a layer too many', () => changed(DENSE, (t) => t.set('model.layers.2.input_layernorm.weight', hostTensor([12]))), 'bad-tensor',
      'model.layers.2.input_layernorm'],
    ['no lm_head where it is not tied', () => changed({ ...DENSE, tied: false }, (t) => t.delete('lm_head.weight')), 'bad-tensor',
      'lm_head.weight: expected a tensor of shape (31, 12)'],
    ['a NaN', () => changed(DENSE, (t) => t.set(norm, hostTensor([12], [1, 1, NaN, 1, 1, 1, 1, 1, 1, 1, 1, 1]))), 'not-finite',
      `dir, ${norm}[2]: expected finite weights, got NaN`],
    ['an infinity', () => changed(DENSE, (t) => t.set(norm, hostTensor([12], Array.from({ length: 12 }, () => -Infinity)))), 'not-finite',
      `${norm}[0]`],
    ['an expert missing', () => changed(TINY, (t) => t.delete('model.layers.1.block_sparse_moe.experts.2.w3.weight')), 'bad-tensor',
      'experts.2.w3.weight'],
    ['a config that is no UTF-8', () => new Map([['config.json', Uint8Array.of(0xff)]]), 'bad-config',
      'dir/config.json: expected UTF-8 text'],
    ['a shard missing', () => { const files = sharded(); files.delete('model-00002-of-00002.safetensors'); return files; }, 'missing-file',
      'dir/model-00002-of-00002.safetensors'],
    ['a shard outside the directory', () => sharded((names) => names.set(norm, '../secret.safetensors')), 'bad-header',
      'weight_map.model.norm.weight: expected the name of a .safetensors file beside the index, got "../secret.safetensors"'],
    ['a shard at an absolute path', () => sharded((names) => names.set(norm, '/etc/x.safetensors')), 'bad-header', 'beside the index'],
    ['a tensor that its shard lacks', () => sharded((names) => names.set(norm, 'model-00001-of-00002.safetensors')), 'bad-tensor',
      `${norm}: expected the tensor, as the index says`],
    ['a tensor that the index leaves out', () => sharded((names) => names.delete(norm)), 'bad-tensor',
      `${norm}: expected only tensors that the index lists`],
    ['an index without a map', () => sharded().set('model.safetensors.index.json', text({})), 'bad-header',
      'weight_map: expected tensor names'],
  ])('%s', async (_, files, code, sentence) => {
    const refused = await refusal(files());
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(sentence);
  });

  test('an incomplete model to write', () => {
    const weights = hostWeights(DENSE);
    weights.delete(norm);
    expect(() => writeModel(DENSE, weights)).toThrow(`${norm}: expected a tensor of shape (12)`);
  });
});

test.skipIf(SHARED_DATA === undefined)(`a published Llama is read, and gradients go back under its names${WHY_SKIPPED}`, async () => {
  const names = ['config.json', 'generation_config.json', 'model.safetensors'];
  const files: Files = new Map(names.map((name) => [name, sharedFile(`models/story-llama/${name}`)]));
  const model = await read(files);
  expect(model.config).toEqual({
    vocab: 2048, width: 128, ffnWidth: 384, layers: 2, heads: 8, kvHeads: 4, headDim: 16, context: 512, ropeTheta: 10000, normEps: 1e-6,
    tied: true, bos: 1, eos: [2], experts: 1, topK: 1, routing: 'token',
  });
  expect([...model.weights.values()].reduce((sum, { data }) => sum + data.length, 0)).toBe(656_000);
  const stored = readSafetensors(files.get('model.safetensors') ?? new Uint8Array(), 'm');
  expect([...toFileNames(model.weights, model).keys()].sort()).toEqual([...stored.keys()].sort());
});
