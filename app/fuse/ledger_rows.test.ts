import { expect, test } from 'vitest';
import type { LedgerRow } from '../../src/engine/protocol';
import { PRESETS } from '../../src/engine/recipe';
import { barsOf, driftOf, fateOf, foldedRows, furthestOf, isBetween, nameParts, totalsOf } from './ledger_rows';

const row = (name: string, part: LedgerRow['part'], distance?: readonly number[], tensors = 1): LedgerRow => ({
  name, part, tensors, shape: [2, 2], source: distance === undefined ? 'base' : 'experts', ...(distance === undefined ? {} : { distance }),
});
const layers = (count: number): LedgerRow[] => [
  row('embed_tokens', 'embedding'),
  ...Array.from({ length: count }, (_, i) => [row(`layers.${String(i)}.self_attn.*`, 'attention', undefined, 4), row(`layers.${String(i)}.mlp.up_proj`, 'expert', [0.3, 0.1, 0.2], 3)]).flat(),
  row('*norm', 'norm'),
];

test('layers between the first and the last are one line that counts their tensors, where they stood', () => {
  const names = foldedRows(layers(4)).map((line) => (isBetween(line) ? line : line.name));
  expect(names).toEqual([
    'embed_tokens', 'layers.0.self_attn.*', 'layers.0.mlp.up_proj', { first: '1', last: '2', tensors: 14 }, 'layers.3.self_attn.*', 'layers.3.mlp.up_proj', '*norm',
  ]);
  expect(foldedRows(layers(2))).toEqual(layers(2));
});

test('a name breaks after its layer, and nowhere without one', () => {
  expect(nameParts('layers.12.mlp.up_proj')).toEqual(['layers.12.', 'mlp.up_proj']);
  expect(nameParts('embed_tokens')).toEqual(['', 'embed_tokens']);
});

test('bars are on the scale of the longest of all, and of nothing they have no length', () => {
  expect(barsOf([0.2, 0.1, 0.05], 0.4)).toEqual({ longest: 0.5, bars: [1, 0.5, 0.25] });
  expect(barsOf([0, 0, 0], 0)).toEqual({ longest: 0, bars: [0, 0, 0] });
});

test('what trains goes by the recipe', () => {
  const [attention, expert] = [row('a', 'attention'), row('e', 'expert')];
  expect(fateOf(expert, { ...PRESETS.default, train: 'lora' })).toBe('adapter');
  expect(fateOf(expert, { ...PRESETS.default, train: 'router' })).toBe('frozen');
  expect(fateOf(attention, { ...PRESETS.default, attention: true })).toBe('trains');
  expect(fateOf(row('*norm', 'norm'), PRESETS.default)).toBe('frozen');
});

test('one model is furthest only where it is ahead by a tenth', () => {
  expect(furthestOf(layers(1))).toBe('helpful');
  expect(furthestOf([row('e', 'expert', [0.3, 0.29, 0.1])])).toBeUndefined();
});

test('totals count tensors, and what has not moved has no drift', () => {
  const rows = layers(2);
  expect(totalsOf(rows)).toEqual({ tensors: 16, most: 0.3 });
  const drift = { step: 3, rows: { 'layers.0.mlp.up_proj': [0.1, 0.3, 0.2], 'layers.0.self_attn.*': [0] } };
  expect(driftOf(drift, row('layers.0.mlp.up_proj', 'expert'))).toEqual({ most: 0.3, each: [0.1, 0.3, 0.2] });
  expect(driftOf(drift, row('layers.0.self_attn.*', 'attention'))).toBeUndefined();
  expect(driftOf(drift, row('*norm', 'norm'))).toBeUndefined();
  expect(driftOf(undefined, row('layers.0.mlp.up_proj', 'expert'))).toBeUndefined();
});
