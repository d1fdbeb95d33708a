import type { Baseline } from '../../src/engine/manifest';
import type { MergeSettings } from '../../src/fusion/merge/settings';

/** What `h3 baselines` tunes and the studio can answer with; of task arithmetic the better of one scale and one each. */
export const TUNED = ['task-arithmetic', 'task-arithmetic-each', 'ties', 'dare', 'slerp', 'ensemble-perplexity'] as const;

interface TunedRow {
  readonly id: string;
  readonly settings: object;
  readonly validation: { readonly hhh: number };
}

/** The manifest's field `baselines`, from the JSON of `h3 baselines`: the settings that were best on validation. */
export function tunedBaselines(json: string): readonly Baseline[] {
  const { baselines } = JSON.parse(json) as { readonly baselines: readonly TunedRow[] };
  const best = new Map<string, TunedRow>();
  for (const row of baselines.filter(({ id }) => TUNED.some((known) => known === id))) {
    const id = row.id.replace(/-each$/, '');
    const other = best.get(id);
    if (other === undefined || row.validation.hhh > other.validation.hhh) best.set(id, row);
  }
  return [...best].map(([id, { settings }]) => (
    id === 'ensemble-perplexity' ? { id, ...settings as { readonly temperature: number } } : { id, settings: settings as MergeSettings }) as Baseline);
}
