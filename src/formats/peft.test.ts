import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { hostTensor } from '../testing/host_tensor';
import { normals } from '../testing/numbers';
import { TINY } from '../testing/tiny_model';
import { memorySource } from './file_source';
import type { ModelConfig } from './hf_config';
import { ADAPTER_CONFIG, ADAPTER_WEIGHTS, isAdapter, readAdapter, writeAdapter, type Adapter } from './peft';
import { readHeader, readSafetensors } from './safetensors';
import { writeSafetensors } from './safetensors_writer';

const DENSE: ModelConfig = { ...TINY, experts: 1, topK: 1 };
const pair = (seed: number, inp: number, out: number): { a: ReturnType<typeof hostTensor>; b: ReturnType<typeof hostTensor> } =>
  ({ a: hostTensor([2, inp], normals(seed, 2 * inp)), b: hostTensor([out, 2], normals(seed + 1, 2 * out)) });
const adapter: Adapter = {
  rank: 2, alpha: 4, dropout: 0.1, base: 'somewhere/base', fingerprint: 'ab12',
  tensors: new Map([['model.layers.0.mlp.down_proj', pair(1, 13, 12)], ['model.layers.1.mlp.up_proj', pair(3, 12, 13)]]),
};
type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** The adapter's files, with settings changed. */
function files(settings: object = {}): Files {
  const written = writeAdapter(adapter);
  const config = JSON.parse(new TextDecoder().decode(written.get(ADAPTER_CONFIG))) as object;
  return written.set(ADAPTER_CONFIG, new TextEncoder().encode(JSON.stringify({ ...config, ...settings })));
}
const read = (from: Files, base?: ModelConfig): Promise<Adapter> => readAdapter(memorySource('dir', from), base);

test('an adapter that is written reads back bit for bit', async () => {
  expect(await read(files(), DENSE)).toEqual(adapter);
  expect(isAdapter([...files().keys()])).toBe(true);
});

test('the files are as PEFT writes them', () => {
  const written = writeAdapter(adapter);
  expect(JSON.parse(new TextDecoder().decode(written.get(ADAPTER_CONFIG)))).toMatchObject({
    peft_type: 'LORA', task_type: 'CAUSAL_LM', r: 2, lora_alpha: 4, lora_dropout: 0.1, target_modules: ['down_proj', 'up_proj'],
      bias: 'none',
    base_model_name_or_path: 'somewhere/base', use_rslora: false, fan_in_fan_out: false, inference_mode: true,
  });
  const header = readHeader(written.get(ADAPTER_WEIGHTS) ?? new Uint8Array(), 'a');
  expect(header.metadata.get('format')).toBe('pt');
  expect(header.tensors.get('base_model.model.model.layers.1.mlp.up_proj.lora_A.weight')?.shape).toEqual([2, 12]);
  expect(header.tensors.get('base_model.model.model.layers.1.mlp.up_proj.lora_B.weight')?.shape).toEqual([13, 2]);
});

test('rsLoRA is honoured: its scale alpha / √r is kept', async () => {
  const { alpha, rank } = await read(files({ use_rslora: true }));
  expect(alpha / rank).toBeCloseTo(4 / Math.sqrt(2), 12);
});

test('settings that change nothing are accepted', async () => {
  const harmless = {
    use_dora: false, rank_pattern: {}, alpha_pattern: {}, modules_to_save: null, layer_replication: null, loftq_config: {},
      megatron_core: 'megatron.core',
    init_lora_weights: 'gaussian', exclude_modules: null, target_modules: 'all-linear', qalora_group_size: 16, layers_to_transform: null,
  };
  expect(await read(files(harmless))).toEqual(adapter);
});

describe('refused with one sentence:', () => {
  test.each<[string, object, string]>([
    ['DoRA', { use_dora: true }, 'use_dora: expected it unset, got true'],
    ['a rank pattern', { rank_pattern: { up_proj: 4 } }, 'rank_pattern: expected it unset, got an object of 1'],
    ['an alpha pattern', { alpha_pattern: { up_proj: 4 } }, 'alpha_pattern'],
    ['trained biases', { bias: 'all' }, 'bias: expected it unset, got all'],
    ['LoRA biases', { lora_bias: true }, 'lora_bias'],
    ['saved modules', { modules_to_save: ['lm_head'] }, 'modules_to_save: expected it unset, got a list of 1'],
    ['transposed weights', { fan_in_fan_out: true }, 'fan_in_fan_out'],
    ['a start that changes the base', { init_lora_weights: 'pissa' }, 'init_lora_weights: expected it unset, got pissa'],
    ['repeated layers', { layer_replication: [[0, 2]] }, 'layer_replication'],
    ['a setting of a later version', { use_something_new: true }, 'use_something_new'],
    ['another method', { peft_type: 'IA3' }, 'peft_type: expected LORA, got IA3'],
    ['rank 0', { r: 0 }, 'r: expected a whole number from 1, got 0'],
    ['no alpha', { lora_alpha: null }, 'lora_alpha: expected a number above 0'],
    ['a dropout of 1', { lora_dropout: 1 }, 'lora_dropout'],
    ['a rank other than the tensors have', { r: 3 }, 'lora_A.weight: expected shape (3, in), got (2, 1'],
  ])('%s', async (_, settings, sentence) => {
    await expect(read(files(settings))).rejects.toThrow(Refusal);
    await expect(read(files(settings))).rejects.toThrow(sentence);
  });

  test('a file missing', async () => {
    const some = files();
    some.delete(ADAPTER_WEIGHTS);
    await expect(read(some)).rejects.toThrow('dir/adapter_model.safetensors: expected the file, got none');
  });

  test('half a pair, a foreign tensor, a NaN', async () => {
    const change = (with_: [string, number[], number][], without?: string): Files => {
      const some = files();
      const tensors = readSafetensors(some.get(ADAPTER_WEIGHTS) ?? new Uint8Array(), 'a');
      if (without !== undefined) tensors.delete(without);
      for (const [name, shape, value] of with_) tensors.set(name,
        hostTensor(shape, Array.from({ length: shape.reduce((x, y) => x * y, 1) }, () => value)));
      return some.set(ADAPTER_WEIGHTS, writeSafetensors(tensors));
    };
    const half = 'base_model.model.model.layers.1.mlp.up_proj.lora_B.weight';
    await expect(read(change([], half))).rejects.toThrow('model.layers.1.mlp.up_proj: expected lora_A and lora_B, got no lora_B');
    await expect(read(change([['base_model.model.lm_head.weight', [2],
      0]]))).rejects.toThrow('lm_head.weight: expected lora_A and lora_B weights only');
    await expect(read(change([[half, [13, 2], NaN]]))).rejects.toThrow(`${half}[0]: expected finite weights`);
  });

  test('an adapter of another base', async () => {
    const wrong = 'model.layers.0.mlp.down_proj: expected an update of shape (12, 14), got (12, 13)';
    await expect(read(files(), { ...DENSE, ffnWidth: 14 })).rejects.toThrow(wrong);
    await expect(read(files(), { ...DENSE, layers: 1 })).rejects.toThrow('model.layers.1.mlp.up_proj: expected a weight of the base model');
  });
});
