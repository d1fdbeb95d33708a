import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadTokenizer, type Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { ModelConfig } from '../formats/hf_config';
import { readBytes } from '../headless/directory';
import { EMBEDDED, isEmbedded } from './embedded';
import type { OpenModel } from './open_model';
import { path } from './options';

const TOKENIZER = 'tokenizer.json';
const TOKENIZER_CONFIG = 'tokenizer_config.json';
/** What transformers reads of a tokenizer, beside weights and config. */
const FILES = [TOKENIZER, TOKENIZER_CONFIG, 'special_tokens_map.json', 'added_tokens.json', 'chat_template.jinja'];

export const tokenizerOption = path('PATH', null, 'tokenizer.json or its folder (default: the model\'s own)');

export interface OpenTokenizer {
  readonly tokenizer: Tokenizer;
  /** To be copied beside a model that is written. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The tokenizer given, else the model's; undefined where there is none. Throws a Refusal 'bad-tokenizer' for a broken one. */
export async function openTokenizer(model: Pick<OpenModel, 'folders' | 'host'>, given: string | null): Promise<OpenTokenizer | undefined> {
  const { folders, host } = model;
  if (given !== null) return readTokenizer(given, host.config);
  const own = folders.find((folder) => existsSync(join(folder, TOKENIZER)));
  if (own !== undefined) return readTokenizer(own, host.config);
  return folders.some(isEmbedded) && existsSync(EMBEDDED.tokenizer) ? readTokenizer(EMBEDDED.tokenizer, host.config) : undefined;
}

/** As openTokenizer, where the command cannot do without. Throws a Refusal 'missing-file' where there is none. */
export async function requireTokenizer(
  model: Pick<OpenModel, 'folders' | 'host' | 'directory'>, given: string | null, fix: string,
): Promise<OpenTokenizer> {
  const opened = await openTokenizer(model, given);
  if (opened !== undefined) return opened;
  throw new Refusal('missing-file', { file: join(model.directory, TOKENIZER), expected: 'the tokenizer', got: 'none', fix });
}

/** A tokenizer.json, or the folder it lies in; `config` stands in for BOS and EOS that it does not name. */
export async function readTokenizer(given: string, config?: Pick<ModelConfig, 'bos' | 'eos'>): Promise<OpenTokenizer> {
  const folder = statSync(given, { throwIfNoEntry: false })?.isDirectory() === true ? given : dirname(given);
  const file = folder === given ? join(folder, TOKENIZER) : given;
  const files = new Map<string, Uint8Array>([[TOKENIZER, await readBytes(file)]]);
  for (const name of FILES.slice(1)) {
    const beside = join(folder, name);
    if (existsSync(beside)) files.set(name, await readBytes(beside));
  }
  const bos = config?.bos;
  const eos = config?.eos?.[0];
  const fallback = { ...(bos === undefined ? {} : { bos }), ...(eos === undefined ? {} : { eos }) };
  return { tokenizer: loadTokenizer(files.get(TOKENIZER) ?? new Uint8Array(), files.get(TOKENIZER_CONFIG), file, fallback), files };
}
