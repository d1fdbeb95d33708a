import type { PromptTemplate } from '../data/prompt';
import { Refusal } from '../errors/refusal';
import type { MergeMethod, MergeSettings } from '../fusion/merge/settings';
import { BASELINES, EXPERTS, type ExpertId, type SourceModel } from './protocol';

/** public/models/manifest.json: what the studio starts on. Paths are relative to the manifest's folder. */
export interface Manifest {
  readonly version: 1;
  /** Example instructions, the first one shown. */
  readonly prompts: readonly string[];
  /** What the commands put around a row's request (their --template); 'alpaca' where the manifest does not say. */
  readonly template: PromptTemplate;
  /** What datasets write around an instruction, for the prompt box to do the same, e.g. "{prompt} =>"; else "{prompt}". */
  readonly promptTemplate: string;
  readonly models: Readonly<Record<SourceModel, ManifestModel>>;
  readonly datasets: Readonly<Record<ExpertId, ManifestDataset>>;
  /** Settings that were tuned on validation rows; one that is not listed has the engine's defaults. */
  readonly baselines: readonly Baseline[];
}

export type Baseline =
  | { readonly [M in MergeMethod]: { readonly id: M; readonly settings: Extract<MergeSettings, { readonly method: M }> } }[MergeMethod]
  | { readonly id: 'ensemble-mean' }
  | {
    readonly id: 'ensemble-perplexity';
    /** Above 0. Of the softmax over the members' prompt losses. */
    readonly temperature: number;
  };

export interface ManifestModel {
  readonly name: string;
  readonly description: string;
  /** An HF directory. */
  readonly path: string;
}

export interface ManifestDataset {
  readonly file: string;
  readonly rows: number;
}

const SOURCES: readonly SourceModel[] = ['base', ...EXPERTS];
const INSIDE = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*\/?$/;

/** @throws Refusal 'bad-config' that names the first field which is missing or wrong. */
export function parseManifest(text: string, file: string): Manifest {
  const root = record(json(text, file), file, 'the file');
  if (root['version'] !== 1) throw bad(file, 'version', '1', root['version']);
  return {
    version: 1,
    prompts: list(root['prompts'], file, 'prompts').map((prompt, i) => string(prompt, file, `prompts[${String(i)}]`)),
    template: template(root['template'], file),
    promptTemplate: slot(root['promptTemplate'], file),
    models: byId(root['models'], SOURCES, file, 'models', (entry, at) => ({
      name: string(entry['name'], file, `${at}.name`),
      description: string(entry['description'], file, `${at}.description`),
      path: inside(entry['path'], file, `${at}.path`),
    })),
    datasets: byId(root['datasets'], EXPERTS, file, 'datasets', (entry, at) => ({
      file: inside(entry['file'], file, `${at}.file`),
      rows: count(entry['rows'], file, `${at}.rows`),
    })),
    baselines: root['baselines'] === undefined ? [] : list(root['baselines'], file, 'baselines').map((item, i, all) => {
      const at = `baselines[${String(i)}]`;
      const entry = record(item, file, at);
      const id = BASELINES.find((known) => known === entry['id']);
      const twice = all.slice(0, i).some((other) => (other as Record<string, unknown>)['id'] === id);
      if (id === undefined || twice) throw bad(file, `${at}.id`, `one of ${BASELINES.join(', ')}, each at most once`, entry['id']);
      return baseline(id, entry, file, at);
    }),
  };
}

/** Whether a merge's numbers are in range is said by the merge, when the models are loaded. */
function baseline(id: Baseline['id'], entry: Record<string, unknown>, file: string, at: string): Baseline {
  if (id === 'ensemble-mean') return { id };
  if (id === 'ensemble-perplexity') {
    const temperature = number(entry['temperature'], file, `${at}.temperature`);
    if (temperature <= 0) throw bad(file, `${at}.temperature`, 'a number above 0', temperature);
    return { id, temperature };
  }
  const here = `${at}.settings`;
  const settings = record(entry['settings'], file, here);
  if (settings['method'] !== id) throw bad(file, `${here}.method`, `${id}, as the id`, settings['method']);
  const one = (field: string): number => number(settings[field], file, `${here}.${field}`);
  const several = (field: string): number[] =>
    list(settings[field], file, `${here}.${field}`).map((item, i) => number(item, file, `${here}.${field}[${String(i)}]`));
  switch (id) {
    case 'soup': return { id, settings: { method: id } };
    case 'task-arithmetic': return { id, settings: { method: id, scales: several('scales') } };
    case 'ties': return { id, settings: { method: id, density: one('density'), scale: one('scale') } };
    case 'dare': return { id, settings: { method: id, drop: one('drop'), scales: several('scales'), seed: one('seed') } };
    case 'slerp': return { id, settings: { method: id, weights: several('weights') } };
    default: return id satisfies never;
  }
}

export function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw bad(file, 'the file', 'JSON', error instanceof Error ? error.message : error);
  }
}

/** Every id exactly once, in any order. */
function byId<Id extends string, Entry>(
  value: unknown,
  ids: readonly Id[],
  file: string,
  field: string,
  read: (entry: Record<string, unknown>, at: string) => Entry,
): Record<Id, Entry> {
  const found = new Map<Id, Entry>();
  for (const [i, item] of list(value, file, field).entries()) {
    const at = `${field}[${String(i)}]`;
    const entry = record(item, file, at);
    const id = ids.find((known) => known === entry['id']);
    if (id === undefined || found.has(id)) throw bad(file, `${at}.id`, `one of ${ids.join(', ')}, each once`, entry['id']);
    found.set(id, read(entry, at));
  }
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length > 0) throw bad(file, field, `an entry for ${missing.join(' and ')}`, 'none');
  return Object.fromEntries(found) as Record<Id, Entry>;
}

export function record(value: unknown, file: string, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(file, field, 'an object', value);
  return value as Record<string, unknown>;
}

export function list(value: unknown, file: string, field: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw bad(file, field, 'a list that is not empty', value);
  return value as readonly unknown[];
}

function string(value: unknown, file: string, field: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw bad(file, field, 'text', value);
  return value;
}

function number(value: unknown, file: string, field: string): number {
  // A JSON number beyond f64, 1e999, reads as Infinity.
  if (typeof value !== 'number' || !Number.isFinite(value)) throw bad(file, field, 'a number', value);
  return value;
}

function template(value: unknown, file: string): PromptTemplate {
  if (value === undefined || value === 'alpaca') return 'alpaca';
  if (value === 'plain') return 'plain';
  throw bad(file, 'template', 'alpaca or plain', value);
}

const SLOT = '{prompt}';

function slot(value: unknown, file: string): string {
  if (value === undefined) return SLOT;
  const text = string(value, file, 'promptTemplate');
  if (text.split(SLOT).length !== 2) throw bad(file, 'promptTemplate', `a text with ${SLOT} once`, value);
  return text;
}

/** What a visitor typed, as a dataset would have it. */
export function instructionOf({ promptTemplate }: Pick<Manifest, 'promptTemplate'>, prompt: string): string {
  return promptTemplate.replace(SLOT, () => prompt);
}

function count(value: unknown, file: string, field: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw bad(file, field, 'a whole number above 0', value);
  return value;
}

/** A path below the manifest: no scheme, no root, no way up. */
function inside(value: unknown, file: string, field: string): string {
  const path = string(value, file, field);
  if (!INSIDE.test(path)) throw bad(file, field, 'a path inside the folder of the manifest', value);
  return path;
}

export function bad(file: string, field: string, expected: string, got: unknown): Refusal {
  const shown = typeof got === 'string' ? got : (JSON.stringify(got) ?? 'nothing');
  return new Refusal('bad-config', { file, field, expected, got: shown.slice(0, 80), fix: 'restore the file and reload' });
}
