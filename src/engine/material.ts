import { loadTokenizer, type Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import { assemble, type HostModel } from '../fusion/assemble';
import { readModel } from '../formats/model_files';
import type { Embedded } from './embedded';
import type { Manifest } from './manifest';
import { ownSource, readOwn } from './own_files';
import { readOwnRows, type OwnRows } from './own_rows';
import type { Site } from './site';
import { EXPERTS, type ExpertId, type Origin, type OwnFile, type OwnFolder, type SourceModel } from './protocol';

interface Placed {
  readonly host: HostModel;
  readonly origin: Origin;
}

/** What the studio works on: the embedded models and rows, or a visitor's in their place. Never changed, only replaced. */
export interface Material extends Embedded {
  readonly origins: Readonly<Record<SourceModel, Origin>>;
  readonly names: Readonly<Partial<Record<SourceModel, string>>>;
  /** A visitor's rows; who is not here has the manifest's. */
  readonly ownRows: Readonly<Partial<Record<ExpertId, OwnRows>>>;
  /** Where the tokenizer's files lie, if they are a visitor's. */
  readonly tokenizerAt?: Site;
  /** Whom an alignment took the place of. */
  readonly replaced: Readonly<Partial<Record<ExpertId, Placed>>>;
}

export function embeddedMaterial(embedded: Embedded): Material {
  const origins = { base: 'embedded', helpful: 'embedded', harmless: 'embedded', honest: 'embedded' } as const;
  return { ...embedded, origins, names: {}, ownRows: {}, replaced: {} };
}

/**
 * A visitor's models in place of those named. With another base come its tokenizer, Alpaca's prompt form and untuned baselines.
 * @throws Refusal naming file and tensor, or what does not fit together: models of other shapes or of another base
 */
export async function withFolders(material: Material, folders: Readonly<Partial<Record<SourceModel, OwnFolder>>>): Promise<Material> {
  const models: Record<SourceModel, HostModel> = { ...material.models };
  const origins = { ...material.origins };
  const names: Partial<Record<SourceModel, string>> = { ...material.names };
  for (const [key, folder] of Object.entries(folders)) {
    const id = key as SourceModel;
    const { config, weights } = await readModel(ownSource(folder));
    // Refusals are to name what the visitor chose.
    models[id] = { name: folder.name, config, weights };
    origins[id] = 'files';
    names[id] = folder.name;
  }
  const replaced = Object.fromEntries(Object.entries(material.replaced).filter(([id]) => !(id in folders)));
  assemble(models.base, EXPERTS.map((id) => models[id]), { topK: 1, routing: 'token' });
  for (const id of Object.keys(folders) as SourceModel[]) models[id] = { ...models[id], name: id };
  const base = folders.base;
  const own = base === undefined ? undefined : await ownTokenizer(base, models.base);
  const manifest: Manifest = own === undefined ? material.manifest : { ...material.manifest, template: 'alpaca', promptTemplate: '{prompt}', baselines: [] };
  const at = base === undefined ? {} : { tokenizerAt: (path: string) => ownSource(base).read(path) };
  const next = { ...material, ...at, models, origins, names, replaced, manifest, tokenizer: own ?? material.tokenizer };
  return own === undefined ? next : withRowsAgain(next);
}

async function ownTokenizer(folder: OwnFolder, { config }: HostModel): Promise<Tokenizer> {
  const source = ownSource(folder);
  const names = await source.list();
  const file = `${folder.name}/tokenizer.json`;
  if (!names.includes('tokenizer.json')) {
    throw new Refusal('missing-file', { file, expected: 'the tokenizer of the base', got: 'none', fix: 'put it beside config.json and choose the folder again' });
  }
  const settings = names.includes('tokenizer_config.json') ? await source.read('tokenizer_config.json') : undefined;
  const eos = config.eos?.[0];
  const fallback = { ...(config.bos === undefined ? {} : { bos: config.bos }), ...(eos === undefined ? {} : { eos }) };
  const tokenizer = loadTokenizer(await source.read('tokenizer.json'), settings, file, fallback);
  if (tokenizer.vocab > config.vocab) {
    throw new Refusal('bad-tokenizer', {
      file, expected: `at most ${String(config.vocab)} tokens, as the model has`, got: String(tokenizer.vocab), fix: 'use the tokenizer that belongs to the model',
    });
  }
  for (const [name, id] of [['bos', tokenizer.bos], ['eos', tokenizer.eos]] as const) {
    if (id === undefined) {
      throw new Refusal('bad-tokenizer', { file, field: `${name}_token`, expected: 'a token', got: 'none', fix: `name ${name}_token_id in config.json` });
    }
  }
  return tokenizer;
}

/** Rows are put into the form of the base that will read them. */
function withRowsAgain(material: Material): Material {
  const rows = Object.entries(material.ownRows).map(([id, { file, bytes }]) => [id, readOwnRows(file, bytes, material)] as const);
  return { ...material, ownRows: Object.fromEntries(rows) };
}

/** @throws Refusal 'bad-dataset' naming the first row that cannot be read, 'empty-dataset' where there is none */
export async function withRows(material: Material, expert: ExpertId, { name, bytes }: OwnFile): Promise<Material> {
  return { ...material, ownRows: { ...material.ownRows, [expert]: readOwnRows(name, await readOwn({ name, bytes }), material) } };
}

export function withoutRows(material: Material, expert: ExpertId): Material {
  const { [expert]: _, ...ownRows } = material.ownRows;
  return { ...material, ownRows };
}

/** An alignment's result in place of an aligned model, which can be put back: the first one, however often it is aligned again. */
export function withAligned(material: Material, expert: ExpertId, host: HostModel): Material {
  const before = material.replaced[expert] ?? { host: material.models[expert], origin: material.origins[expert] };
  return {
    ...material,
    models: { ...material.models, [expert]: { ...host, name: expert } },
    origins: { ...material.origins, [expert]: 'aligned' },
    replaced: { ...material.replaced, [expert]: before },
  };
}

/** @throws Refusal 'bad-option' where no alignment took its place */
export function withPutBack(material: Material, expert: ExpertId): Material {
  const { [expert]: before, ...replaced } = material.replaced;
  if (before === undefined) {
    throw new Refusal('bad-option', { file: expert, expected: 'a model that was aligned here', got: material.origins[expert], fix: 'align it first' });
  }
  return {
    ...material, replaced,
    models: { ...material.models, [expert]: before.host },
    origins: { ...material.origins, [expert]: before.origin },
  };
}
