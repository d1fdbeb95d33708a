import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { writeSafetensors } from '../formats/safetensors_writer';
import { writeConfig } from '../formats/hf_config_writer';
import { MAX_EXPERTS, type ModelConfig } from '../formats/hf_config';
import { MAX_EXPERTS as ROUTER_MAX_EXPERTS } from '../kernels/router/router';
import { otherFfn, SMALL, smallWeights, tempFolder, writeSmallModel, writeSmallRows } from '../testing/model_directories';
import { SHARED_DATA, WHY_SKIPPED } from '../testing/shared_data';
import { invoke } from './invoke';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const base = writeSmallModel(at('base'));
const weights = smallWeights(SMALL);
const rows = { helpful: writeSmallRows(at('helpful.jsonl'), 'helpful'), honest: writeSmallRows(at('honest.jsonl'), 'honest') };
const experts = {
  helpful: writeSmallModel(at('helpful'), SMALL, otherFfn(weights, SMALL, 5)),
  honest: writeSmallModel(at('honest'), SMALL, otherFfn(weights, SMALL, 6)),
};
const pairs = (paths: Readonly<Record<string, string>>): string =>
  Object.entries(paths).map(([name, path]) => `${name}=${path}`).join(',');
const PLAIN = ['--template', 'plain'];
const NAME = 'model.layers.1.mlp.up_proj.weight';

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

const fuse = (changes: { expert?: string; data?: string }, ...options: string[]): Promise<string> => {
  const { expert = pairs(experts), data = pairs(rows) } = changes;
  return refused('fuse', '--base', base, '--expert', expert, '--data', data, '--out', at('out'), ...PLAIN, ...options);
};

describe('bad input is refused in one sentence before the GPU is touched', () => {
  test('a missing model, config, dataset and config file', async () => {
    expect(await refused('logits', '--model', at('none'), '--ids', '1')).toBe('none: expected a directory, got none; check the path.');
    expect(await refused('generate', '--model', folder, '--ids', '1')).toMatch(
      /config\.json: expected the file, got none; give a Hugging Face model directory, with config\.json and model\.safetensors\.$/);
    const sentence = 'none.json: expected a readable file, got none; check the path.';
    expect(await refused('loss', '--model', base, '--data', at('none.json'))).toBe(sentence);
    expect(await refused('pretrain', '--config', at('none.json'))).toBe(sentence);
  });

  test('a truncated and a lying safetensors header', async () => {
    const cut = broken('cut', 'model.safetensors', (bytes) => bytes.subarray(0, 100));
    expect(await refused('logits', '--model', cut, '--ids', '1')).toMatch(
      /^cut\/model\.safetensors, header length at byte 0: expected at most the 92 bytes that follow, got \d+; the file is cut short/);
    const short = broken('short', 'model.safetensors', (bytes) => bytes.subarray(0, bytes.length - 4));
    expect(await refused('loss', '--model', short)).toMatch(
      /^short\/model\.safetensors, data: expected \d+ bytes of tensors, got \d+ bytes; the file is cut short: download it again\.$/);
    const lie = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('latin1').replace('[272,32]', '[272,33]'), 'latin1');
    expect(await refused('info', '--model', broken('lying', 'model.safetensors', lie))).toMatch(
      /^lying\/model\.safetensors, model\.embed_tokens\.weight\.data_offsets: expected 35904 bytes for F32 \(272, 33\), got 34816/);
  });

  test('a tensor that is missing, of the wrong shape, or not finite, by its name', async () => {
    const missing = withTensors('missing', (tensors) => tensors.delete(NAME));
    expect(await refused('grads', '--model', missing)).toMatch(
      /^missing\/model\.safetensors, model\.layers\.1\.mlp\.up_proj\.weight: expected a tensor of shape \(40, 32\), got none/);
    const wrong = withTensors('wrong', (tensors) => tensors.set(NAME, { shape: [32, 40], data: new Float32Array(1280) }));
    expect(await refused('grads', '--model', wrong)).toMatch(/up_proj\.weight: expected shape \(40, 32\), got \(32, 40\)/);
    const nan = withTensors('nan', (tensors) => { tensors.get(NAME)?.data.fill(NaN, 7, 8); });
    expect(await refused('align', '--base', nan, '--data', rows.helpful)).toBe(
      `nan, ${NAME}[7]: expected finite weights, got NaN; the model is damaged: download or train it again.`);
  });

  test('experts from different bases: other shapes, and other weights of the same shape', async () => {
    const wide: ModelConfig = { ...SMALL, width: 48, headDim: 12 };
    expect(await fuse({ expert: pairs({ ...experts, honest: writeSmallModel(at('wide'), wide) }) })).toBe(
      'honest, width: expected 32 as in base, got 48; fuse models that were aligned from one base.');
    const stranger = writeSmallModel(at('stranger'), SMALL, smallWeights(SMALL, 9));
    expect(await fuse({ expert: pairs({ ...experts, honest: stranger }) })).toMatch(
      /^honest, model\.embed_tokens\.weight: expected the weights of base, since only the FFN is aligned, got a relative difference of/);
  });

  test('a dataset row without a response, by its line', async () => {
    const data = file('row.jsonl', '{"prompt":"a","response":"b"}\n{"prompt":"c"}\n');
    const sentence = 'row.jsonl, response at line 2: expected a text, got none; complete the row or take it out.';
    expect(await refused('loss', '--model', base, '--data', data)).toBe(sentence);
    expect(await fuse({ data: pairs({ ...rows, honest: data }) })).toBe(sentence);
  });

  test('an empty dataset, and one with nothing left', async () => {
    expect(await refused('align', '--base', base, '--data', file('empty.json', '[]'))).toBe(
      'empty.json: expected at least one row, got none; give a file with rows.');
    expect(await refused('loss', '--model', base, '--data', file('blank.jsonl', '\n'))).toBe(
      'blank.jsonl: expected at least one row, got an empty file; give a file with rows.');
    expect(await refused('loss', '--model', base, '--data', rows.helpful, '--max-length', '4', ...PLAIN)).toMatch(
      /^helpful\.jsonl, max-length: expected at least \d+ tokens, so that a response follows the shortest prompt, got 4; /);
    expect(await refused('tokenizer', '--data', file('blank.txt', ' \n\n'))).toBe(
      'blank.txt: expected text, got none; give a file with text.');
  });

  test('a prompt longer than the context, and ids outside the vocabulary', async () => {
    const long = Array.from({ length: 65 }, () => '1').join(',');
    expect(await refused('generate', '--model', base, '--ids', long)).toBe(
      '--ids: expected at most 64 tokens, the model\'s context, got 65; shorten it.');
    expect(await refused('generate', '--model', base, '--prompt', 'long '.repeat(80))).toMatch(
      /^the prompt: expected at most 64 tokens, the model's context, got \d+; shorten it\.$/);
    expect(await refused('logits', '--model', base, '--ids', '1,272')).toBe(
      '--ids, token 2: expected an id from 0 to 271, the model\'s vocabulary, got 272; give known ids.');
    expect(await refused('grads', '--model', base, '--ids', '1,2,3', '--labels', '1,2')).toBe(
      '--labels: expected 3 labels, one for each id, got 2; correct the option.');
    expect(await refused('grads', '--model', base, '--ids', '1,2', '--labels', '1,-100')).toBe(
      '--labels: expected a label after the first that is not -100, got none; correct the option.');
  });

  test('top-k above the number of experts', async () => {
    expect(await fuse({}, '--top-k', '3')).toBe('--top-k: expected at most 2, the number of experts, got 3; lower it.');
    expect(await refused('logits', '--model', base, '--ids', '1', '--top-k', '2')).toBe(
      '--top-k: expected at most 1, the number of experts, got 2; lower it.');
  });

  test('experts, datasets, drift weights and labels that do not belong together', async () => {
    expect(await fuse({ data: `helpful=${rows.helpful}` })).toBe(
      '--data: expected a dataset for each expert: helpful, honest, got helpful; give both the same names.');
    expect(await fuse({ expert: `helpful=${experts.helpful}` })).toBe(
      '--expert: expected at least two experts, got 1; correct the option.');
    expect(MAX_EXPERTS).toBe(ROUTER_MAX_EXPERTS);
    const nine = (path: string): string => Array.from({ length: 9 }, (_, i) => `e${String(i)}=${path}`).join(',');
    expect(await fuse({ expert: nine(experts.helpful), data: nine(rows.helpful) })).toBe(
      '--expert: expected at most 8 experts, as many as the router chooses from, got 9; leave some out.');
    expect(await fuse({}, '--drift', '1,2,3')).toBe('--drift: expected one weight, or 2, one for each expert, got 3; correct the option.');
    expect(await refused('grads', '--model', base, '--dataset-label', '1')).toBe(
      '--dataset-label: expected at most 0, the last expert, got 1; correct the option.');
  });

  test('an output that would overwrite an input, or mix an adapter with a model', async () => {
    const align = (out: string): Promise<string> => refused('align', '--base', base, '--data', rows.helpful, ...PLAIN, '--out', out);
    expect(await align(base)).toMatch(/^--out: expected another directory than the inputs, got .*; choose another place\.$/);
    expect(await align(experts.honest)).toMatch(
      /^--out: expected a directory without config\.json, got .*; it holds a model: choose another place\.$/);
    expect(await align(rows.helpful)).toMatch(/^--out: expected a directory, got .*, a file; choose another place\.$/);
    expect(await align(`${rows.helpful}/below`)).toMatch(
      /^--out: expected a path below directories, got .*, a file; choose another place\.$/);
    expect(await refused('grads', '--model', base, '--out', folder)).toMatch(
      /^--out: expected a file, got .*, a directory; add a file name\.$/);
  });

  test('no tokenizer, or a broken one, where text is given; both text and ids', async () => {
    const mute = broken('mute', 'tokenizer.json', () => '{"model":{"type":"BPE"}}');
    expect(await refused('generate', '--model', mute, '--prompt', 'a')).toMatch(/^mute\/tokenizer\.json/);
    rmSync(join(mute, 'tokenizer.json'));
    expect(await refused('generate', '--model', mute, '--prompt', 'a')).toBe(
      'mute/tokenizer.json: expected the tokenizer, got none; give --ids, or --tokenizer.');
    expect(await refused('generate', '--model', base, '--prompt', 'a', '--ids', '1')).toBe(
      '--ids: expected either --ids or --prompt, got both; leave one out.');
  });

  test('a config that this project would compute differently', async () => {
    const config = writeConfig(SMALL).replace('"rope_scaling": null', '"rope_scaling": {"rope_type":"linear","factor":2}');
    expect(await refused('info', '--model', broken('scaled', 'config.json', () => config))).toBe(
      'scaled/config.json, rope_scaling.rope_type: expected default, got linear; scaled rotary positions are not supported.');
  });

  test('sizes that no model has, before anything is allocated for them', async () => {
    const lying = (name: string, change: Partial<ModelConfig>): string => broken(name, 'config.json', () => writeConfig({ ...SMALL, ...change }));
    expect(await refused('info', '--model', lying('deep', { layers: 100_000 }))).toMatch(/^deep\/config\.json, num_hidden_layers: expected at most 1024/);
    const large = join(lying('large', { vocab: 2 ** 20, width: 4096, heads: 32, kvHeads: 32, headDim: 128 }), 'config.json');
    expect(await refused('pretrain', '--config', large)).toMatch(
      /^large\/config\.json: expected at most 1073741824 parameters, got \d+; pretrain a smaller model\.$/);
  });

  test.skipIf(SHARED_DATA === undefined)(`the ten safetensors files that the reference library rejects${WHY_SKIPPED}`, async () => {
    const names = [
      'header_too_large.0', 'invalid_header_length.0', 'invalid_header_non_utf8.0', 'invalid_header_not_json.0', 'invalid_info.0',
      'metadata_incomplete_buffer.0', 'metadata_incomplete_buffer.1', 'validation_overflow.0', 'validation_overflow.1',
      'whitespace_leading_padded_header.0',
    ];
    for (const name of names) {
      const bytes = readFileSync(join(SHARED_DATA ?? '', 'safetensors', `test_${name}.safetensors`));
      expect(await refused('info', '--model', broken(name, 'model.safetensors', () => bytes))).toContain(`${name}/model.safetensors`);
    }
  });
});
