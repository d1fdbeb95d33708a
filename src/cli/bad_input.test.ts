import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { writeSafetensors } from '../formats/safetensors_writer';
import { writeConfig } from '../formats/hf_config_writer';
import type { ModelConfig } from '../formats/hf_config';
import { otherFfn, SMALL, smallWeights, tempFolder, writeSmallModel, writeSmallRows } from '../testing/model_directories';
import { SHARED_DATA, WHY_SKIPPED } from '../testing/shared_data';
import { invoke } from './invoke';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const base = writeSmallModel(at('base'));
const weights = smallWeights(SMALL);
const rows = { helpful: writeSmallRows(at('helpful.jsonl'), 'helpful'), honest: writeSmallRows(at('honest.jsonl'), 'honest') };
const experts = Object.fromEntries(['helpful', 'honest'].map((name, i) => [name, writeSmallModel(at(name), SMALL, otherFfn(weights, SMALL, 5 + i))]));
const pairs = (paths: Readonly<Record<string, string>>): string => Object.entries(paths).map(([name, path]) => `${name}=${path}`).join(',');

/** A copy of the base with one file changed. */
function broken(name: string, file: string, change: (bytes: Buffer) => Buffer | string): string {
  cpSync(base, at(name), { recursive: true });
  writeFileSync(join(at(name), file), change(readFileSync(join(base, file))));
  return at(name);
}

function withTensors(name: string, change: (tensors: Map<string, { shape: readonly number[]; data: Float32Array }>) => void): string {
  return broken(name, 'model.safetensors', () => {
    const tensors = new Map([...weights].map(([key, { shape, data }]) => [key, { shape, data: data.slice() }]));
    change(tensors);
    return Buffer.from(writeSafetensors(tensors));
  });
}

function file(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

/** What a command refuses, folder left out. The GPU must not be asked for. */
async function refused(command: string, ...args: string[]): Promise<string> {
  const touched = (): never => { throw new Error('the GPU was touched'); };
  const error: unknown = await invoke(command, args, touched).then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof Refusal)) throw new Error(`no refusal but ${String(error)}`);
  expect(error.message).not.toMatch(/\n/);
  return error.message.replaceAll(`${folder}/`, '');
}

describe('bad input is refused in one sentence before the GPU is touched', () => {
  const small = ['--template', 'plain'];

  test('a missing model, config, dataset and config file', async () => {
    expect(await refused('logits', '--model', at('none'), '--ids', '1')).toBe('none: expected a directory, got none; check the path.');
    expect(await refused('generate', '--model', folder, '--ids', '1')).toMatch(/config\.json: expected the file, got none; give a Hugging Face model directory/);
    expect(await refused('loss', '--model', base, '--data', at('none.json'))).toBe('none.json: expected a readable file, got none; check the path.');
    expect(await refused('pretrain', '--config', at('none.json'))).toBe('none.json: expected a readable file, got none; check the path.');
  });

  test('a truncated and a lying safetensors header', async () => {
    const cut = broken('cut', 'model.safetensors', (bytes) => bytes.subarray(0, 100));
    expect(await refused('logits', '--model', cut, '--ids', '1')).toMatch(/^cut\/model\.safetensors, header length at byte 0: expected at most the 92 bytes that follow, got \d+; the file is cut short/);
    const short = broken('short', 'model.safetensors', (bytes) => bytes.subarray(0, bytes.length - 4));
    expect(await refused('loss', '--model', short)).toMatch(/^short\/model\.safetensors, data: expected \d+ bytes of tensors, got \d+ bytes; the file is cut short: download it again\.$/);
    const lying = broken('lying', 'model.safetensors', (bytes) => Buffer.from(bytes.toString('latin1').replace('[272,32]', '[272,33]'), 'latin1'));
    expect(await refused('info', '--model', lying)).toMatch(/^lying\/model\.safetensors, model\.embed_tokens\.weight\.data_offsets: expected 35904 bytes for F32 \(272, 33\), got 34816/);
  });

  test('a tensor that is missing, of the wrong shape, or not finite, by its name', async () => {
    const name = 'model.layers.1.mlp.up_proj.weight';
    const missing = withTensors('missing', (tensors) => tensors.delete(name));
    expect(await refused('grads', '--model', missing)).toMatch(/^missing\/model\.safetensors, model\.layers\.1\.mlp\.up_proj\.weight: expected a tensor of shape \(40, 32\), got none/);
    const wrong = withTensors('wrong', (tensors) => tensors.set(name, { shape: [32, 40], data: new Float32Array(1280) }));
    expect(await refused('grads', '--model', wrong)).toMatch(/model\.layers\.1\.mlp\.up_proj\.weight: expected shape \(40, 32\), got \(32, 40\)/);
    const nan = withTensors('nan', (tensors) => { tensors.get(name)?.data.fill(NaN, 7, 8); });
    expect(await refused('align', '--base', nan, '--data', rows.helpful)).toBe(
      'nan, model.layers.1.mlp.up_proj.weight[7]: expected finite weights, got NaN; the model is damaged: download or train it again.');
  });

  test('experts from different bases: other shapes, and other weights of the same shape', async () => {
    const wide: ModelConfig = { ...SMALL, width: 48, headDim: 12 };
    const fuse = (honest: string): Promise<string> =>
      refused('fuse', '--base', base, '--expert', pairs({ ...experts, honest }), '--data', pairs(rows), '--out', at('out'), ...small);
    expect(await fuse(writeSmallModel(at('wide'), wide))).toBe(
      'honest, width: expected 32 as in base, got 48; fuse models that were aligned from one base.');
    expect(await fuse(writeSmallModel(at('stranger'), SMALL, smallWeights(SMALL, 9)))).toMatch(
      /^honest, model\.embed_tokens\.weight: expected the weights of base, since only the FFN is aligned, got a relative difference of 1\.\d; fuse models that were aligned from one base\.$/);
  });

  test('a dataset row without a response, by its line', async () => {
    const data = file('row.jsonl', '{"prompt":"a","response":"b"}\n{"prompt":"c"}\n');
    expect(await refused('loss', '--model', base, '--data', data)).toBe('row.jsonl, response at line 2: expected a text, got none; complete the row or take it out.');
    expect(await refused('fuse', '--base', base, '--expert', pairs(experts), '--data', pairs({ ...rows, honest: data }), ...small)).toMatch(/^row\.jsonl, response at line 2/);
  });

  test('an empty dataset, and one with nothing left', async () => {
    expect(await refused('align', '--base', base, '--data', file('empty.json', '[]'))).toBe('empty.json: expected at least one row, got none; give a file with rows.');
    expect(await refused('loss', '--model', base, '--data', file('blank.jsonl', '\n'))).toBe('blank.jsonl: expected at least one row, got an empty file; give a file with rows.');
    expect(await refused('loss', '--model', base, '--data', rows.helpful, '--max-length', '4', ...small)).toMatch(
      /^helpful\.jsonl, max-length: expected at least \d+ tokens, so that a response follows the shortest prompt, got 4; raise --max-length or shorten the prompts\.$/);
    expect(await refused('tokenizer', '--data', file('blank.txt', ' \n\n'))).toBe('blank.txt: expected text, got none; give a file with text.');
  });

  test('a prompt longer than the context, and ids outside the vocabulary', async () => {
    const long = Array.from({ length: 65 }, () => '1').join(',');
    expect(await refused('generate', '--model', base, '--ids', long)).toBe('--ids: expected at most 64 tokens, the model\'s context, got 65; shorten it.');
    expect(await refused('generate', '--model', base, '--prompt', 'long '.repeat(80))).toMatch(/^the prompt: expected at most 64 tokens, the model's context, got \d+; shorten it\.$/);
    expect(await refused('logits', '--model', base, '--ids', '1,272')).toBe('--ids, token 2: expected an id from 0 to 271, the model\'s vocabulary, got 272; give known ids.');
    expect(await refused('grads', '--model', base, '--ids', '1,2,3', '--labels', '1,2')).toBe('--labels: expected 3 labels, one for each id, got 2; correct the option.');
    expect(await refused('grads', '--model', base, '--ids', '1,2', '--labels', '1,-100')).toBe(
      '--labels: expected a label after the first that is not -100, got none; correct the option.');
  });

  test('top-k above the number of experts', async () => {
    const fuse = ['--base', base, '--expert', pairs(experts), '--data', pairs(rows)];
    expect(await refused('fuse', ...fuse, '--top-k', '3')).toBe('--top-k: expected at most 2, the number of experts, got 3; lower it.');
    expect(await refused('logits', '--model', base, '--ids', '1', '--top-k', '2')).toBe('--top-k: expected at most 1, the number of experts, got 2; lower it.');
  });

  test('experts, datasets and drift weights that do not belong together', async () => {
    const fuse = ['--base', base, '--expert', pairs(experts)];
    expect(await refused('fuse', ...fuse, '--data', `helpful=${rows.helpful}`)).toBe(
      '--data: expected a dataset for each expert: helpful, honest, got helpful; give both the same names.');
    expect(await refused('fuse', ...fuse, '--data', pairs(rows), '--drift', '1,2,3')).toBe('--drift: expected one weight, or 2, one for each expert, got 3; correct the option.');
    expect(await refused('grads', '--model', base, '--dataset-label', '1')).toBe('--dataset-label: expected at most 0, the last expert, got 1; correct the option.');
  });

  test('an output that would overwrite an input, or mix an adapter with a model', async () => {
    const align = ['--base', base, '--data', rows.helpful, ...small];
    expect(await refused('align', ...align, '--out', base)).toMatch(/^--out: expected another directory than the inputs, got .*; choose another place\.$/);
    expect(await refused('align', ...align, '--out', experts['honest'] ?? '')).toMatch(/^--out: expected a directory without config\.json, got .*; it holds a model: choose another place\.$/);
    expect(await refused('align', ...align, '--out', rows.helpful)).toMatch(/^--out: expected a directory, got .*, a file; choose another place\.$/);
    expect(await refused('grads', '--model', base, '--out', folder)).toMatch(/^--out: expected a file, got .*, a directory; add a file name\.$/);
  });

  test('no tokenizer where text is given', async () => {
    const mute = broken('mute', 'tokenizer.json', () => '{"model":{"type":"BPE"}}');
    expect(await refused('generate', '--model', mute, '--prompt', 'a')).toMatch(/^mute\/tokenizer\.json/);
    expect(await refused('generate', '--model', base, '--prompt', 'a', '--ids', '1')).toBe('--ids: expected either --ids or --prompt, got both; leave one out.');
  });

  test('a config that this project would compute differently', async () => {
    const scaled = broken('scaled', 'config.json', () => writeConfig(SMALL).replace('"rope_scaling": null', '"rope_scaling": {"rope_type":"linear","factor":2}'));
    expect(await refused('info', '--model', scaled)).toBe('scaled/config.json, rope_scaling.rope_type: expected default, got linear; scaled rotary positions are not supported.');
  });

  test.skipIf(SHARED_DATA === undefined)(`the ten safetensors files that the reference library rejects${WHY_SKIPPED}`, async () => {
    const names = [
      'header_too_large.0', 'invalid_header_length.0', 'invalid_header_non_utf8.0', 'invalid_header_not_json.0', 'invalid_info.0', 'metadata_incomplete_buffer.0',
      'metadata_incomplete_buffer.1', 'validation_overflow.0', 'validation_overflow.1', 'whitespace_leading_padded_header.0',
    ];
    for (const name of names) {
      const source = join(SHARED_DATA ?? '', 'safetensors', `test_${name}.safetensors`);
      expect(existsSync(source)).toBe(true);
      expect(await refused('info', '--model', broken(`shared-${name}`, 'model.safetensors', () => readFileSync(source)))).toMatch(new RegExp(`^shared-${name}/model\\.safetensors`));
    }
  });
});
