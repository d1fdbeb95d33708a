import type { HostModel } from '../fusion/assemble';
import type { Gpu } from '../gpu/gpu';
import type { LabelledRow } from '../model/batch';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { evaluateLoss, type LossResult } from '../train/evaluate_loss';
import type { Context } from './command';

/** Rows of one dataset, by the name that a table shows. */
export type NamedRows = ReadonlyMap<string, readonly LabelledRow[]>;
/** Mean nats per response token by dataset; null where no row was held out. */
export type NamedLosses = Readonly<Record<string, number | null>>;

/** The loss of every dataset under a store's weights as they are. */
export async function measure(store: ParameterStore, rows: NamedRows, context: Context, label: string): Promise<NamedLosses> {
  const losses: [string, number | null][] = [];
  for (const [name, some] of rows) {
    const result = some.length === 0 ? undefined : await measureRows(store, some, context, { label: `${label} on ${name}` });
    losses.push([name, result?.nll ?? null]);
  }
  return Object.fromEntries(losses);
}

export async function measureRows(
  store: ParameterStore, rows: readonly LabelledRow[], context: Context,
  { label, topK = store.config.topK }: { readonly label: string; readonly topK?: number },
): Promise<LossResult> {
  const progress = context.progress(label);
  try {
    return await evaluateLoss(store, rows, { topK, onProgress: (done, total) => { progress.show(done, total); } });
  } finally {
    progress.end();
  }
}

/** A model's weights on the GPU for as long as `use` takes. */
export async function withStore<T>(gpu: Gpu, { config, weights }: HostModel, use: (store: ParameterStore) => Promise<T>): Promise<T> {
  const store = new ParameterStore(gpu, config, FROZEN);
  try {
    store.load(weights);
    await gpu.ready();
    return await use(store);
  } finally {
    store.dispose();
  }
}

/** The mean over the datasets that have one. */
export function meanLoss(losses: NamedLosses): number | null {
  const known = Object.values(losses).filter((loss) => loss !== null);
  return known.length === 0 ? null : known.reduce((sum, loss) => sum + loss, 0) / known.length;
}
