import { parseDataset, type Dataset } from '../data/dataset';
import { loadTokenizer, type Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { HostModel } from '../fusion/assemble';
import { readModel } from '../formats/model_files';
import { checkBaselines } from './baselines';
import { parseManifest, type Manifest } from './manifest';
import { EXPERTS, type ExpertId, type SourceModel } from './protocol';
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

/** Rows of one of the site's datasets, in the form that the manifest says. */
export async function siteRows(site: Site, { datasets, template }: Manifest, id: ExpertId): Promise<Dataset> {
  const { file } = datasets[id];
  return parseDataset(await site(file), file, template);
}
