import type { Dataset } from '../data/dataset';
import { encodeDataset, encodeRow } from '../data/encode';
import { selectSplit, SPLIT_SEED } from '../data/split';
import { Refusal } from '../errors/refusal';
import type { EncodedRow } from '../data/rows';
import type { LabelledRow } from '../model/batch';
import { parameterCount } from '../model/parameters';
import { siteRows } from './embedded';
import type { Material } from './material';
import { longestRow } from './own_rows';
import { EXPERTS, type ExpertId, type ModelCard, type SourceModel } from './protocol';
import type { RowFault } from './recipe';
import { labelUnder, rowsUnder } from './row_faults';
import type { Site } from './site';

/** Held-out rows that are measured before and after an alignment, at most. */
const MEASURED = 128;
/** Held-out rows of each dataset that are asked while a run learns. */
const HELD_OUT = 16;
const SOURCES: readonly SourceModel[] = ['base', ...EXPERTS];

export function modelCards({ manifest, models, origins, names, ownRows }: Material): ModelCard[] {
  return SOURCES.map((id) => {
    const { config } = models[id];
    const origin = origins[id];
    const { layers, width, vocab, context } = config;
    const own = id === 'base' ? undefined : ownRows[id];
    return {
      id, origin, layers, width, vocab, context,
      name: origin === 'files' ? names[id] ?? '' : manifest.models[id].name,
      description: origin === 'embedded' ? manifest.models[id].description : '',
      parameters: parameterCount(config),
      ...(id === 'base' ? {} : { rows: own?.dataset.rows.length ?? manifest.datasets[id].rows }),
      ...(own === undefined ? {} : { ownRows: { file: own.file, unsafe: own.unsafe, tooLong: own.tooLong, unknown: own.unknown } }),
    };
  });
}

export interface RunRows {
  readonly train: readonly LabelledRow[];
  /** Some of those that no run trains on, as many of each dataset, as they are without a fault; empty where a dataset holds none out. */
  readonly heldOut: readonly LabelledRow[];
}

/** Rows of all datasets, labelled with their expert; a tenth of each stays held out. */
export async function runRows(site: Site, material: Material, fault: RowFault, progress: (done: number, total: number) => void): Promise<RunRows> {
  const train: LabelledRow[] = [];
  const heldOut: LabelledRow[] = [];
  for (const [dataset, id] of EXPERTS.entries()) {
    progress(dataset, EXPERTS.length);
    const read = await datasetOf(site, material, id);
    const label = labelUnder(fault, id);
    for (const row of encoded(material, { ...read, rows: rowsUnder(fault, id, read.rows) })) train.push({ ...row, label, dataset });
    heldOut.push(...heldOutOf(material, read, HELD_OUT).map((row) => ({ ...row, label: dataset, dataset })));
  }
  progress(EXPERTS.length, EXPERTS.length);
  return { train, heldOut };
}

/** Rows of one expert to align on, and those that are held out. */
export async function alignmentRows(
  site: Site, material: Material, expert: ExpertId,
): Promise<{ readonly rows: readonly LabelledRow[]; readonly heldOut: readonly LabelledRow[] }> {
  const dataset = await datasetOf(site, material, expert);
  const label = (row: EncodedRow): LabelledRow => ({ ...row, label: 0 });
  return { rows: encoded(material, dataset).map(label), heldOut: heldOutOf(material, dataset, MEASURED).map(label) };
}

/** The first of a dataset's held-out rows that fit. */
function heldOutOf({ models: { base }, tokenizer }: Material, { rows }: Dataset, most: number): EncodedRow[] {
  const maxLength = longestRow(base.config.context);
  return selectSplit(rows, 'validation', SPLIT_SEED).slice(0, most).map((row) => encodeRow(tokenizer, row, maxLength)).filter((row) => row !== undefined);
}

async function datasetOf(site: Site, material: Material, id: ExpertId): Promise<Dataset> {
  return material.ownRows[id]?.dataset ?? siteRows(site, material.manifest, id);
}

function encoded({ models: { base: { config } }, tokenizer }: Material, { rows, file }: Dataset) {
  const chosen = encodeDataset(tokenizer, selectSplit(rows, 'train', SPLIT_SEED), { maxLength: longestRow(config.context), file }).rows;
  const stranger = chosen.flatMap(({ ids }) => [...ids]).find((id) => id >= config.vocab);
  if (stranger === undefined) return chosen;
  throw new Refusal('bad-tokenizer', {
    file: tokenizer.file, expected: `tokens of the model, from 0 to ${String(config.vocab - 1)}`, got: String(stranger), fix: 'use the tokenizer that belongs to the model',
  });
}
