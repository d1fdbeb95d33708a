import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readModel } from '../formats/model_files';
import { readAdapter } from '../formats/peft';
import { writeConfig } from '../formats/hf_config_writer';
import { directorySource } from '../headless/directory';
import { nodeGpu } from '../headless/node_gpu';
import { otherFfn, SMALL, smallWeights, tempFolder, writeSmallModel, writeSmallRows } from '../testing/model_directories';
import { invoke } from './invoke';

const folder = tempFolder();
const at = (name: string): string => join(folder, name);
const weights = smallWeights(SMALL);
const base = writeSmallModel(at('base'), SMALL, weights);
const expert = writeSmallModel(at('expert'), SMALL, otherFfn(weights, SMALL, 5));
const rows = { a: writeSmallRows(at('a.jsonl'), 'helpful'), b: writeSmallRows(at('b.jsonl'), 'honest') };
/** So large that the first step leaves weights under which every further gradient overflows. */
const WILD = ['--lr', '1e30', '--steps', '12', '--template', 'plain', '--batch', '4'];
const SENTENCE = /^training at step \d+: expected finite gradients, got 5 steps in a row without; lower the learning rate/;

async function fails(name: string, ...args: string[]): Promise<string[]> {
  const said: string[] = [];
  await expect(invoke(name, args, () => nodeGpu(() => undefined), (line) => { said.push(line); })).rejects.toThrow(SENTENCE);
  return said;
}
const WRITTEN = [expect.stringMatching(/: the weights of the last good step are written; the run stopped early\.$/)];

test('align, pretrain and fuse write what they reached where gradients are not finite, and still refuse', async () => {
  const align = ['--base', base, '--data', rows.a, ...WILD, '--mode'];
  expect(await fails('align', ...align, 'full', '--out', at('full'))).toEqual(WRITTEN);
  await readModel(directorySource(at('full')));
  expect(readFileSync(join(at('full'), 'config.json'), 'utf8')).toContain('"stopped": true');

  writeFileSync(at('config.json'), writeConfig(SMALL));
  const corpus = ['--data', rows.a, '--tokenizer', base, '--config', at('config.json'), '--max-length', '32'];
  expect(await fails('pretrain', ...corpus, ...WILD, '--out', at('pretrained'))).toEqual(WRITTEN);
  await readModel(directorySource(at('pretrained')));

  const two = ['--base', base, '--expert', `a=${base},b=${expert}`, '--data', `a=${rows.a},b=${rows.b}`, '--router-init', 'random'];
  expect(await fails('fuse', ...two, ...WILD, '--warmup-steps', '0', '--out', at('fused'))).toEqual(WRITTEN);
  const { config } = await readModel(directorySource(at('fused')));
  expect(config.experts).toBe(2);
  expect(readFileSync(join(at('fused'), 'config.json'), 'utf8')).toContain('"stopped": true');
});

test('adapters are written too, unless their product is not finite', async () => {
  const align = ['--base', base, '--data', rows.a, '--dropout', '0', ...WILD];
  expect(await fails('align', ...align, '--out', at('wild'))).toEqual(WRITTEN);
  await readAdapter(directorySource(at('wild')), SMALL);
  const said = await fails('align', ...align, '--alpha', '1e12', '--out', at('adapter'));
  expect(said).toEqual([expect.stringMatching(/: no weights are written, as those of the last step are not finite either\.$/)]);
  expect(existsSync(join(at('adapter'), 'adapter_config.json'))).toBe(false);
});
