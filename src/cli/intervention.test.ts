import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import type { ModelConfig } from '../formats/hf_config';
import { nodeGpu } from '../headless/node_gpu';
import { Generator } from '../model/generate';
import { asTrained, mutedToForce, type Intervention } from '../model/intervention';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { SMALL, smallWeights, tempFolder, writeSmallModel } from '../testing/model_directories';
import { invoke } from './invoke';

const MIXED: ModelConfig = { ...SMALL, experts: 3, topK: 2, expertNames: ['helpful', 'harmless', 'honest'] };
const folder = tempFolder();
const dense = writeSmallModel(join(folder, 'dense'));
const fused = writeSmallModel(join(folder, 'fused'), MIXED);
const PROMPT = [1, 40, 71, 80];
const PLAIN = asTrained(MIXED);
const GENERATE = ['--ids', PROMPT.join(','), '--max-new-tokens', '12'];

/** What the Generator writes under it. */
async function written(intervention?: Intervention): Promise<readonly number[]> {
  const store = new ParameterStore(await nodeGpu(() => undefined), MIXED, FROZEN);
  store.load(smallWeights(MIXED));
  const generator = new Generator(store);
  const ids: number[] = [];
  const options = { temperature: 0, topP: 1, seed: 1, maxNewTokens: 12, eos: [2] };
  for await (const { id } of generator.run(PROMPT, options, intervention)) ids.push(id);
  generator.dispose();
  store.dispose();
  return ids;
}

const bias = { helpful: -4, honest: 1.5 };
test.each<[readonly string[], Intervention | undefined, object | undefined]>([
  [[], undefined, undefined],
  [['--mute', 'helpful'], { ...PLAIN, muted: 0b001 }, { muted: ['helpful'], bias: {}, temperature: 1, topK: 2, layers: [1, 2] }],
  [['--mute', 'honest,0'], { ...PLAIN, muted: 0b101 }, { muted: ['helpful', 'honest'] }],
  [['--force', 'honest'], { ...PLAIN, muted: mutedToForce(2, MIXED) }, { muted: ['helpful', 'harmless'] }],
  [['--router-bias', 'helpful=-4,2=1.5', '--router-temperature', '0.25'], { ...PLAIN, bias: [-4, 0, 1.5], temperature: 0.25 }, { bias, temperature: 0.25 }],
  [['--top-k', '1'], { ...PLAIN, topK: 1 }, { muted: [], topK: 1 }],
  [['--mute', '1', '--top-k', '3', '--layers', '2'], { ...PLAIN, muted: 0b010, topK: 3, layers: [1] }, { muted: ['harmless'], topK: 3, layers: [2] }],
])('generate %j writes what the Generator writes with that, and names it', async (options, intervention, named) => {
  const answer = await invoke('generate', ['--model', fused, ...GENERATE, ...options], () => nodeGpu(() => undefined));
  expect(answer['ids']).toEqual(await written(intervention));
  if (named === undefined) expect(answer).not.toHaveProperty('intervention');
  else expect(answer['intervention']).toMatchObject(named);
});

test('the interventions of this test do change the answer', async () => {
  const free = await written();
  for (const changed of [{ muted: 0b001 }, { muted: 0b011 }, { bias: [-4, 0, 1.5], temperature: 0.25 }]) expect(await written({ ...PLAIN, ...changed })).not.toEqual(free);
});

describe('bad interventions are refused in one sentence before the GPU is touched', () => {
  const refused = async (model: string, options: readonly string[]): Promise<string> => {
    const touched = (): never => { throw new Error('the GPU was touched'); };
    const error: unknown = await invoke('generate', ['--model', model, ...GENERATE, ...options], touched).then(() => undefined, (thrown: unknown) => thrown);
    if (!(error instanceof Refusal)) throw new Error(`no refusal but ${String(error)}`);
    return error.message;
  };
  const KNOWN = 'expected helpful, harmless, honest, or a number from 0 to 2, got';

  test.each([
    [['--mute', 'kind'], `--mute: ${KNOWN} "kind"; correct the option.`],
    [['--mute', '3'], `--mute: ${KNOWN} "3"; correct the option.`],
    [['--mute', 'helpful,'], '--mute: expected names, separated by commas or spaces, got an empty one; correct the option.'],
    [['--mute', 'helpful,honest', '--mute', '1'], '--mute: expected at least one expert that is heard, got all 3 muted; leave one out.'],
    [['--force', ''], `--force: ${KNOWN} ""; correct the option.`],
    [['--force', '0', '--mute', '1'], '--force: expected either --mute or --force, got both; leave one out.'],
    [['--router-bias', 'honest'], '--router-bias: expected name=NUMBER pairs, separated by commas, got "honest"; correct the option.'],
    [['--router-bias', 'honest=x'], '--router-bias: expected a number from -20 to 20, got "x"; correct the option.'],
    [['--router-bias', 'honest=21'], '--router-bias: expected a number from -20 to 20, got "21"; correct the option.'],
    [['--router-bias', 'kind=1'], `--router-bias: ${KNOWN} "kind"; correct the option.`],
    [['--router-bias', 'honest=1,2=2'], '--router-bias: expected each expert once, got 2, by its name and by its number; correct the option.'],
    [['--router-temperature', '0'], '--router-temperature: expected a number above 0, got 0; correct the option.'],
    [['--router-temperature', 'Infinity'], '--router-temperature: expected a number from 0, got "Infinity"; correct the option.'],
    [['--top-k', '4'], '--top-k: expected at most 3, the number of experts, got 4; lower it.'],
    [['--mute', '0', '--layers', '1,3'], '--layers: expected layers from 1 to 2, got layer 3; correct the option.'],
    [['--mute', '0', '--layers', '0'], '--layers: expected whole numbers from 1 to 4294967295, separated by commas, got "0" in place 1; correct the option.'],
    [['--layers', '1'], '--layers: expected something to change in them, got nothing; add --mute, --force, --router-bias, --router-temperature or --top-k.'],
  ])('%j', async (options, sentence) => {
    expect(await refused(fused, options)).toBe(sentence);
  });

  test.each([
    ['--mute', '0'], ['--force', '0'], ['--router-bias', '0=1'], ['--router-temperature', '2'], ['--layers', '1'],
  ])('%s %s of a dense model', async (option, value) => {
    expect(await refused(dense, [option, value])).toBe(`${option}: expected a mixture of experts, got a dense model; ask a fused model, or leave the option out.`);
  });
});
