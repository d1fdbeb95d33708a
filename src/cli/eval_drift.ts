import { expertDrift, type DriftReport } from '../eval/drift';
import { expertNames } from './eval_model';
import type { Context } from './command';
import { notABase, openAligned, openModel } from './open_model';
import type { NamedModel } from './open_models';
import { bad } from './options';

/** How far a model's experts have moved from the aligned models that they were assembled from. */
export interface NamedDrift extends DriftReport {
  /** In the order of the lists. */
  readonly experts: readonly string[];
}

/**
 * The drift of every model with experts, by the model's name. `places`: the aligned models by the names of the experts.
 * Throws a Refusal 'bad-option' where base, experts and models do not belong together.
 */
export async function measureDrift(
  models: readonly NamedModel[], base: string | null, places: ReadonlyMap<string, string>, context: Pick<Context, 'say'>,
): Promise<ReadonlyMap<string, NamedDrift>> {
  const drifts = new Map<string, NamedDrift>();
  if (places.size === 0) return drifts;
  const routed = models.filter(({ model }) => model.host.config.experts > 1);
  if (routed.length === 0) throw bad('expert', 'a model with experts', 'dense models alone', 'leave it out');
  if (base === null) throw bad('base', 'the model that the experts were aligned from', 'none', 'give it as --base');
  const start = await openModel(base, context, { name: 'base' });
  if (start.adapter !== undefined) throw notABase(base);
  for (const { name, model } of routed) {
    // A model that names no experts has them in the order given.
    const experts = model.host.config.expertNames ?? [...places.keys()];
    if (experts.length !== places.size || !experts.every((each) => places.has(each)) || experts.length !== model.host.config.experts) {
      throw bad('expert', `the experts of ${name}: ${expertNames(model.host.config).join(', ')}`, [...places.keys()].join(', '), 'give those');
    }
    const aligned = [];
    for (const each of experts) aligned.push((await openAligned(places.get(each) ?? '', start, each, context)).host);
    drifts.set(name, { experts, ...expertDrift(start.host, aligned, model.host) });
  }
  return drifts;
}
