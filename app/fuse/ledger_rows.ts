import { EXPERTS, type ExpertId, type LedgerDrift, type LedgerRow } from '../../src/engine/protocol';
import type { RunRecipe } from '../../src/engine/recipe';

/** Layers that are left out, in one line. */
export interface LayersBetween {
  readonly first: string;
  readonly last: string;
  readonly tensors: number;
}

/** First and last layer; between them stands one line for the layers that are left out. */
export function foldedRows(rows: readonly LedgerRow[]): readonly (LedgerRow | LayersBetween)[] {
  const layers = [...new Set(rows.map(({ name }) => layerOf(name)).filter((layer) => layer !== undefined))];
  const between = layers.slice(1, -1);
  const [first, last] = [between[0], between.at(-1)];
  if (first === undefined || last === undefined) return rows;
  const isBetween = ({ name }: LedgerRow): boolean => between.some((layer) => layer === layerOf(name));
  const tensors = rows.filter(isBetween).reduce((sum, row) => sum + row.tensors, 0);
  const at = rows.findIndex(isBetween);
  return rows.flatMap((row, i): readonly (LedgerRow | LayersBetween)[] => (i === at ? [{ first, last, tensors }] : isBetween(row) ? [] : [row]));
}

/** Whether a line stands for layers that are left out. */
export function isBetween(row: LedgerRow | LayersBetween): row is LayersBetween {
  return !('name' in row);
}

/** "layers.0." and the rest, where a narrow column may break the name; a name without a layer is the rest alone. */
export function nameParts(name: string): readonly [layer: string, rest: string] {
  const [layer = ''] = /^layers\.\d+\./.exec(name) ?? [];
  return [layer, name.slice(layer.length)];
}

/** Lengths of a row's three bars as shares of its longest one, and that one as a share of the longest of all. */
export function barsOf(distance: readonly number[], most: number): { readonly longest: number; readonly bars: readonly number[] } {
  const largest = Math.max(...distance);
  return { longest: most > 0 ? largest / most : 0, bars: distance.map((value) => (largest > 0 ? value / largest : 0)) };
}

/** What becomes of a tensor in the run. */
export function fateOf({ part }: LedgerRow, { train, attention }: RunRecipe): 'trains' | 'adapter' | 'frozen' {
  if (part === 'router') return 'trains';
  if (part === 'attention') return attention ? 'trains' : 'frozen';
  if (part !== 'expert') return 'frozen';
  return train === 'full' ? 'trains' : train === 'lora' ? 'adapter' : 'frozen';
}

/** Which aligned model has gone furthest, over all tensors of the experts; none where the next one is less than a tenth behind. */
export function furthestOf(rows: readonly LedgerRow[]): ExpertId | undefined {
  const sums = EXPERTS.map((expert, e) => ({ expert, sum: rows.reduce((total, { distance }) => total + (distance?.[e] ?? 0), 0) })).sort((a, b) => b.sum - a.sum);
  const [most, next] = sums;
  return most !== undefined && next !== undefined && most.sum > 1.1 * next.sum ? most.expert : undefined;
}

/** Tensors in all, and the largest distance of any from the base. */
export function totalsOf(rows: readonly LedgerRow[]): { readonly tensors: number; readonly most: number } {
  return { tensors: rows.reduce((sum, { tensors }) => sum + tensors, 0), most: Math.max(...rows.flatMap(({ distance = [] }) => distance)) };
}

/** What moved most of a row, as a share of its norm at the start; undefined where nothing is known or nothing moved. */
export function driftOf(drift: LedgerDrift | undefined, { name }: LedgerRow): { readonly most: number; readonly each: readonly number[] } | undefined {
  const each = drift?.rows[name];
  const most = each === undefined ? 0 : Math.max(...each);
  return each === undefined || !(most > 0) ? undefined : { most, each };
}

function layerOf(name: string): string | undefined {
  return /^layers\.(\d+)\./.exec(name)?.[1];
}
