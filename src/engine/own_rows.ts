import { parseDataset, type Dataset } from '../data/dataset';
import { encodeDataset } from '../data/encode';
import type { Row } from '../data/rows';
import type { Embedded } from './embedded';
import { instructionOf, type Manifest } from './manifest';
import type { OwnRowsFacts } from './protocol';
import { DEFAULT_RECIPE } from '../fusion/recipe';

/** Rows that a visitor brought, kept as bytes too: another base may want them in another form. */
export interface OwnRows extends OwnRowsFacts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly dataset: Dataset;
}

/** Longest row of a model of so many positions. */
export function longestRow(context: number): number {
  return Math.min(DEFAULT_RECIPE.maxLength, context);
}

/**
 * Rows in the form that the loaded base knows: the manifest's template, and where it has a prompt form, that around each request.
 * @throws Refusal 'bad-dataset' naming the first row that cannot be read, 'empty-dataset' where there is none
 */
export function readOwnRows(file: string, bytes: Uint8Array<ArrayBuffer>, { manifest, models, tokenizer }: Pick<Embedded, 'manifest' | 'models' | 'tokenizer'>): OwnRows {
  const parsed = parseDataset(bytes, file, manifest.template);
  const dataset = manifest.template === 'plain' ? { ...parsed, rows: parsed.rows.map((row) => framed(row, manifest)) } : parsed;
  const { dropped } = encodeDataset(tokenizer, dataset.rows, { maxLength: longestRow(models.base.config.context), file });
  // Apart, as they are trained on.
  const strange = (text: string): boolean => tokenizer.encode(text, { addSpecial: false }).some((id) => tokenizer.tokenText(id) === '<unk>');
  const unknown = dataset.rows.filter(({ prompt, response }) => strange(prompt) || strange(response)).length;
  return { file, bytes, dataset, unsafe: dataset.unsafe, tooLong: dropped, unknown };
}

/** A plain prompt ends in a line break; one that has the manifest's form already keeps it. */
function framed(row: Row, manifest: Manifest): Row {
  const request = row.prompt.trimEnd();
  const [before = '', after = ''] = manifest.promptTemplate.split('{prompt}');
  return request.startsWith(before) && request.endsWith(after) ? row : { ...row, prompt: `${instructionOf(manifest, request)}\n` };
}
