import { EXPERTS } from '../../src/engine/protocol';
import type { RoutingFrame } from '../store/run_record';
import { strings } from '../strings';

/** Layers of a picture before a model is known. */
export const SOME_LAYERS = 4;

/** NaN where nothing was reported. */
export function probability(frame: RoutingFrame | undefined, layer: number, dataset: number, expert: number): number {
  if (frame === undefined) return Number.NaN;
  return frame.values[(layer * frame.datasets + dataset) * frame.experts + expert] ?? Number.NaN;
}

/** Mean over layers of one dataset's probabilities, by expert. */
export function meanByExpert(frame: RoutingFrame, dataset: number): readonly number[] {
  return Array.from({ length: frame.experts }, (_, expert) => {
    let sum = 0;
    for (let layer = 0; layer < frame.layers; layer++) sum += probability(frame, layer, dataset, expert);
    return sum / frame.layers;
  });
}

/** The sentence over the heatmap: what the averages over all layers support, else the plain name. */
export function routerTitle(frame: RoutingFrame | undefined): string {
  const { inspect, models } = strings;
  if (frame === undefined) return inspect.title;
  const favourites = EXPERTS.map((_, dataset) => favourite(meanByExpert(frame, dataset)));
  if (favourites.every((expert, dataset) => expert === dataset)) return inspect.titleFound;
  const [first] = favourites;
  const one = first === undefined ? undefined : EXPERTS[first];
  if (one !== undefined && favourites.every((expert) => expert === first)) return inspect.titleOne(models[one]);
  return inspect.title;
}

/** The expert ahead of every other by at least 0.05. */
function favourite(means: readonly number[]): number | undefined {
  const order = means.map((mean, expert) => ({ mean, expert })).sort((a, b) => b.mean - a.mean);
  const [first, second] = order;
  return first !== undefined && second !== undefined && first.mean - second.mean >= 0.05 ? first.expert : undefined;
}
