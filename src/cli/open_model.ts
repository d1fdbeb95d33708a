import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Refusal } from '../errors/refusal';
import type { HostModel } from '../fusion/assemble';
import { ADAPTER_CONFIG, ADAPTER_WEIGHTS, isAdapter, readAdapter, type Adapter } from '../formats/peft';
import { readModel, type ModelFiles } from '../formats/model_files';
import { directorySource } from '../headless/directory';
import { addLowRank } from '../model/merge';
import type { Context } from './command';
import { PROJECT } from './embedded';
import { fingerprintOf } from './fingerprint';
import { path } from './options';

/** A model directory in memory; a LoRA directory stands for its base with the adapter merged in. */
export interface OpenModel {
  readonly directory: string;
  readonly host: HostModel;
  /** The files that the weights came from: of the base where the directory holds an adapter. */
  readonly files: ModelFiles;
  readonly adapter?: Adapter;
  /** Folders of the tokenizer, best first: the directory itself, then the base's. */
  readonly folders: readonly string[];
}

export const baseOption = path('DIR', null, 'the base of a LoRA directory (default: the one that the adapter names)');

/**
 * Reads a model, or an adapter and its base, with every check that files allow; what they do not allow is said on stderr.
 * `name` is how refusals call the weights.
 * Throws Refusals that name file, tensor and field.
 */
export async function openModel(
  directory: string, { say }: Pick<Context, 'say'>, { base, name = directory }: { readonly base?: string | null; readonly name?: string } = {},
): Promise<OpenModel> {
  const source = directorySource(directory);
  if (!isAdapterDirectory(await source.list())) {
    const files = await readModel(source);
    return { directory, host: { name, config: files.config, weights: files.weights }, files, folders: [directory] };
  }
  const named = base ?? baseOf(directory, (await readAdapter(source)).base);
  const opened = await openModel(named, { say });
  if (opened.adapter !== undefined) throw notABase(named);
  return withAdapter(opened, directory, name, say);
}

/** A model that was aligned from an opened base: an adapter of it, or a whole model. */
export async function openAligned(directory: string, base: OpenModel, name: string, { say }: Pick<Context, 'say'>): Promise<OpenModel> {
  const names = await directorySource(directory).list();
  if (!isAdapterDirectory(names)) return openModel(directory, { say }, { name });
  return withAdapter(base, directory, name, say);
}

/** Where weights and an adapter lie together, the weights count: PEFT writes no config.json. */
function isAdapterDirectory(names: readonly string[]): boolean {
  return isAdapter(names) && !names.includes('config.json');
}

async function withAdapter(base: OpenModel, directory: string, name: string, say: Context['say']): Promise<OpenModel> {
  const adapter = await readAdapter(directorySource(directory), base.host.config);
  if (adapter.fingerprint === undefined) {
    await requireNamedBase(adapter, directory, base);
    say(`${directory}: the adapter carries no fingerprint of its base, so that it could not be checked to be one of ${base.directory}.`);
  } else {
    requireFingerprint(adapter.fingerprint, directory, base);
  }
  const weights = new Map(base.host.weights);
  for (const [module, pair] of adapter.tensors) {
    const key = `${module}.weight`;
    const weight = weights.get(key);
    if (weight !== undefined) weights.set(key, addLowRank(weight, pair, adapter.alpha / adapter.rank));
  }
  const host = { name, config: base.host.config, weights };
  return { directory, host, files: base.files, adapter, folders: [directory, ...base.folders] };
}

function requireFingerprint(fingerprint: string, directory: string, base: OpenModel): void {
  const own = fingerprintOf(base.host);
  if (fingerprint === own) return;
  throw new Refusal('mismatched-models', {
    file: join(directory, ADAPTER_WEIGHTS), field: 'h3fusion.base', expected: `an adapter of ${base.directory}, ${own.slice(0, 12)}…`,
    got: `one of the base ${fingerprint.slice(0, 12)}…`, fix: 'give the base that it was trained on',
  });
}

/** Where the base that an adapter names is at hand and is another than the one given, their weights must be the same. */
async function requireNamedBase(adapter: Adapter, directory: string, base: OpenModel): Promise<void> {
  const named = findBase(directory, adapter.base);
  if (named === undefined || (await realpath(named)) === (await realpath(base.directory))) return;
  const { weights } = await readModel(directorySource(named));
  const same = weights.size === base.host.weights.size && [...weights].every(([key, { data }]) => {
    const other = base.host.weights.get(key)?.data;
    return other?.length === data.length && data.every((value, i) => value === other[i]);
  });
  if (same) return;
  throw new Refusal('mismatched-models', {
    file: join(directory, ADAPTER_CONFIG), field: 'base_model_name_or_path',
    expected: `an adapter of ${base.directory}`, got: `one of ${named}, whose weights differ`,
    fix: 'use models that were aligned from one base',
  });
}

function baseOf(directory: string, named: string | undefined): string {
  const found = findBase(directory, named);
  if (found !== undefined) return found;
  throw new Refusal('missing-file', {
    file: join(directory, ADAPTER_CONFIG), field: 'base_model_name_or_path',
    expected: 'the directory of its base model', got: named ?? 'none', fix: 'give it as --base',
  });
}

/** A base is named as it was typed: from where one stands, from the adapter's folder or from the project. */
function findBase(directory: string, named: string | undefined): string | undefined {
  if (named === undefined) return undefined;
  return [resolve(named), resolve(directory, named), resolve(PROJECT, named)].find((folder) => existsSync(join(folder, 'config.json')));
}

export function notABase(directory: string): Refusal {
  return new Refusal('mismatched-models', {
    file: directory, expected: 'a whole model as the base', got: 'a LoRA directory', fix: 'give the base that it was trained on',
  });
}
