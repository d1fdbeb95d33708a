import { parseDataset } from '../data/dataset';
import { encodeDataset, encodeRow } from '../data/encode';
import { selectSplit, SPLIT_SEED } from '../data/split';
import { loadTokenizer, type Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { HostModel } from '../fusion/assemble';
import { readModel } from '../formats/model_files';
import type { LabelledRow } from '../model/batch';
import { parameterCount } from '../model/parameters';
import { checkBaselines } from './baselines';
import { parseManifest, type Manifest } from './manifest';
import { EXPERTS, type ModelCard, type SourceModel } from './protocol';
import { type Site, siteDirectory } from './site';

const MANIFEST = 'manifest.json';
const TOKENIZER = 'tokenizer.json';
const TOKENIZER_CONFIG = 'tokenizer_config.json';
const SOURCES: readonly SourceModel[] = ['base', ...EXPERTS];

export interface Embedded {
  readonly manifest: Manifest;
  readonly tokenizer: Tokenizer;
  readonly models: Readonly<Record<SourceModel, HostModel>>;
}

/**
 * Manifest, tokenizer and the four models.
 * @param progress told after each file group
 * @throws Refusal naming the file that is missing or wrong
 */
export async function loadEmbedded(site: Site, progress: (done: number, total: number) => void): Promise<Embedded> {
  const total = SOURCES.length + 1;
  progress(0, total);
  const manifest = parseManifest(new TextDecoder().decode(await site(MANIFEST)), MANIFEST);
  checkBaselines(manifest, MANIFEST);
  progress(1, total);
  const loaded: [SourceModel, HostModel][] = [];
  for (const id of SOURCES) {
    const { config, weights } = await readModel(siteDirectory(site, manifest.models[id].path));
    loaded.push([id, { name: id, config, weights }]);
    progress(1 + loaded.length, total);
  }
  const models = Object.fromEntries(loaded) as Record<SourceModel, HostModel>;
  return { manifest, models, tokenizer: await openTokenizer(site, models.base) };
}

async function openTokenizer(site: Site, { config }: HostModel): Promise<Tokenizer> {
  // tokenizer_config.json names the special tokens; without it the model's config does.
  const settings = await site(TOKENIZER_CONFIG).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'missing-file') return undefined;
    throw error;
  });
  const eos = config.eos?.[0];
  const fallback = { ...(config.bos === undefined ? {} : { bos: config.bos }), ...(eos === undefined ? {} : { eos }) };
  return loadTokenizer(await site(TOKENIZER), settings, TOKENIZER, fallback);
}

export function modelCards({ manifest, models }: Embedded): ModelCard[] {
  return SOURCES.map((id) => {
    const { config } = models[id];
    const { name, description } = manifest.models[id];
    const { layers, width, vocab, context } = config;
    const rows = id === 'base' ? {} : { rows: manifest.datasets[id].rows };
    return { id, name, description, parameters: parameterCount(config), layers, width, vocab, context, ...rows };
  });
}

export interface RunRows {
  readonly train: readonly LabelledRow[];
  /** Some of those that no run trains on, as many of each dataset; empty where a dataset holds none out. */
  readonly heldOut: readonly LabelledRow[];
}

/** Held-out rows of each dataset that are asked while a run learns. */
const HELD_OUT = 16;

/** Rows of all datasets, labelled with their expert; a tenth of each stays held out. */
export async function runRows(
  site: Site, { manifest, tokenizer }: Embedded, maxLength: number, progress: (done: number, total: number) => void,
): Promise<RunRows> {
  const train: LabelledRow[] = [];
  const heldOut: LabelledRow[] = [];
  for (const [label, id] of EXPERTS.entries()) {
    progress(label, EXPERTS.length);
    const { file } = manifest.datasets[id];
    const { rows } = parseDataset(await site(file), file, manifest.template);
    for (const row of encodeDataset(tokenizer, selectSplit(rows, 'train', SPLIT_SEED), { maxLength, file }).rows) train.push({ ...row, label });
    for (const row of selectSplit(rows, 'validation', SPLIT_SEED).slice(0, HELD_OUT)) {
      const encoded = encodeRow(tokenizer, row, maxLength);
      if (encoded !== undefined) heldOut.push({ ...encoded, label });
    }
  }
  progress(EXPERTS.length, EXPERTS.length);
  return { train, heldOut };
}
