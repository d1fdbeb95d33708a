import { parseDataset, type Dataset } from '../data/dataset';
import { encodeDataset, encodeRow } from '../data/encode';
import type { PromptTemplate } from '../data/prompt';
import type { EncodedRow } from '../data/rows';
import { selectSplit, SPLIT_SEED, type Split } from '../data/split';
import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { ModelConfig } from '../formats/hf_config';
import { readBytes } from '../headless/directory';
import type { LabelledRow } from '../model/batch';
import { isEmbedded } from './embedded';
import { choice, integer } from './options';

export const rowOptions = {
  'max-length': integer(300, 'longest row in tokens, prompt included; at most the model\'s context', { min: 2 }),
  template: choice(['auto', 'alpaca', 'plain'], 'auto', 'what is put around a request; auto: plain for the embedded data, else alpaca'),
  'split-seed': integer(SPLIT_SEED, 'seed of the hash that holds out one row in ten; the same in pretrain, loss, align and fuse'),
} as const;

export interface RowRules {
  readonly tokenizer: Tokenizer;
  readonly config: ModelConfig;
  readonly maxLength: number;
  readonly seed: number;
  /** The expert of this dataset. */
  readonly label?: number;
  /** Takes the first rows of the split only. */
  readonly limit?: number | null;
}

export interface OpenRows {
  readonly rows: readonly LabelledRow[];
  readonly dropped: number;
}

/** 'auto' leaves the choice to the file. */
export type TemplateChoice = PromptTemplate | 'auto';

/** The embedded rows carry their own form; everyone else's are put into Alpaca's. */
export function templateFor(file: string, template: TemplateChoice): PromptTemplate {
  if (template !== 'auto') return template;
  return isEmbedded(file) ? 'plain' : 'alpaca';
}

export async function openDataset(file: string, template: TemplateChoice): Promise<Dataset> {
  return parseDataset(await readBytes(file), file, templateFor(file, template));
}

/** Rows of one side of the split as tokens. Throws a Refusal where nothing is left, or a token is none of the model's. */
export function splitRows({ rows, file }: Dataset, split: Split, rules: RowRules): OpenRows {
  const { tokenizer, config, maxLength, seed, label = 0, limit } = rules;
  const chosen = selectSplit(rows, split, seed).slice(0, limit ?? undefined);
  const length = Math.min(maxLength, config.context);
  const encoded = encodeDataset(tokenizer, chosen, { maxLength: length, file: split === 'all' ? file : `${file} (${split} split)` });
  return { rows: labelled(encoded.rows, label, config, tokenizer), dropped: encoded.dropped };
}

/** What is held out, as splitRows; of a small dataset that may be nothing. */
export function heldOutRows(dataset: Dataset, { tokenizer, config, maxLength, seed, label = 0, limit }: RowRules): readonly LabelledRow[] {
  const chosen = selectSplit(dataset.rows, 'validation', seed).slice(0, limit ?? undefined);
  const length = Math.min(maxLength, config.context);
  const encoded = chosen.map((row) => encodeRow(tokenizer, row, length)).filter((row) => row !== undefined);
  return labelled(encoded, label, config, tokenizer);
}

function labelled(rows: readonly EncodedRow[], label: number, { vocab }: ModelConfig, { file }: Tokenizer): LabelledRow[] {
  return rows.map((row) => {
    const stranger = row.ids.find((id) => id >= vocab);
    if (stranger !== undefined) throw strangerToken(stranger, vocab, file);
    return { ...row, label };
  });
}

export function strangerToken(id: number, vocab: number, file: string): Refusal {
  return new Refusal('bad-tokenizer', {
    file, expected: `tokens of the model, from 0 to ${String(vocab - 1)}`, got: String(id),
    fix: 'use the tokenizer that belongs to the model',
  });
}
