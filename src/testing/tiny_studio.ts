import { missingFile } from '../formats/file_source';
import type { ModelConfig } from '../formats/hf_config';
import type { HostTensor } from '../formats/host_tensor';
import { writeModel } from '../formats/model_files';
import type { Command, Event } from '../engine/protocol';
import type { Site } from '../engine/site';
import { StudioEngine } from '../engine/studio_engine';
import { nodeGpu } from '../headless/node_gpu';
import { hostWeights, TINY } from './tiny_model';

export const DENSE: ModelConfig = { ...TINY, experts: 1, topK: 1, bos: 0, eos: [1] };
export const NAMES = ['helpful', 'harmless', 'honest'];
/** Events with a request's id that do not answer it. */
const PUSHED: readonly Event['type'][] = ['token', 'evaluating', 'evaluated', 'aligning'];

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');

/** A letter is a token: 31 of them. */
function tokenizer(): string {
  const tokens = ['<s>', '</s>', '<unk>', ' ', '\n', ...LETTERS];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  return JSON.stringify({ model: { type: 'BPE', vocab, merges: [], unk_token: '<unk>' }, added_tokens: [] });
}

/** The base, or an expert of it: another FFN under the same attention, norms and embeddings. */
function modelWeights(model: string): Map<string, HostTensor> {
  const own = hostWeights(DENSE, 2 + NAMES.indexOf(model));
  return new Map([...hostWeights(DENSE)].map(([name, tensor]) => [name, name.includes('.mlp.') ? (own.get(name) ?? tensor) : tensor]));
}

export function studioFiles(extra: object = {}): Map<string, Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder();
  const rows = (letter: string): string => JSON.stringify(LETTERS.slice(0, 20).map((first) => ({ instruction: `${first}${letter}`, output: letter.repeat(3) })));
  const all = new Map([
    ['manifest.json', text.encode(JSON.stringify({
      version: 1, template: 'plain', prompts: ['abc'],
      models: ['base', ...NAMES].map((id) => ({ id, name: id, description: id, path: id })),
      datasets: NAMES.map((id) => ({ id, file: `data/${id}.json`, rows: 20 })),
      ...extra,
    }))],
    ['tokenizer.json', text.encode(tokenizer())],
    ...NAMES.map((id, i): [string, Uint8Array<ArrayBuffer>] => [`data/${id}.json`, text.encode(rows('xyz'[i] ?? 'x'))]),
  ]);
  for (const model of ['base', ...NAMES]) {
    for (const [name, bytes] of writeModel(DENSE, modelWeights(model))) all.set(`${model}/${name}`, bytes);
  }
  return all;
}

export function siteOf(have: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Site {
  return (path) => {
    const bytes = have.get(path);
    return bytes === undefined ? Promise.reject(missingFile('', path)) : Promise.resolve(bytes);
  };
}

/** An engine on the real adapter, with what it said; `until` waits for an event. */
export function studio(have = studioFiles(), heard: (event: Event) => void = () => undefined) {
  const events: Event[] = [];
  const engine = new StudioEngine({
    emit: (event) => {
      events.push(event);
      heard(event);
    },
    acquire: () => nodeGpu(() => undefined),
    site: () => siteOf(have),
  });
  const until = async (found: (event: Event) => boolean): Promise<Event> => {
    for (;;) {
      const event = events.find(found);
      if (event !== undefined) return event;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const ask = (command: Command & { id: number }): Promise<Event> => {
    engine.handle(command);
    return until((event) => 'id' in event && event.id === command.id && !PUSHED.includes(event.type));
  };
  return { engine, events, until, ask };
}
