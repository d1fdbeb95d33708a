import { meanRow, principalAxes, project, type Pca } from './pca';

export type Place = readonly [x: number, y: number];

/** One model on the map. */
export interface MapPlaces {
  /** Of the mean hidden state of each kind's prompts: (kinds). */
  readonly places: readonly Place[];
  /** Way from the base in all C dimensions: the mean over kinds of the distances of their means. */
  readonly distance: number;
  /** Share of the squared way from the base that lies in the plane of the map, over all kinds; null where nothing moved. */
  readonly inPlane: number | null;
}

/** The axes of the base, which all models are drawn on. */
export interface MapBase extends MapPlaces {
  /** Of each prompt: (rows). */
  readonly cloud: readonly Place[];
  /** Share of the variance of the base's states along each axis. */
  readonly explained: readonly [number, number];
  /** Where another model's states of the same prompts, (rows, C), stand on the same axes. */
  readonly place: (states: readonly Float64Array[]) => MapPlaces;
}

/**
 * A map of mean hidden states: two principal axes are fitted on the base's states over all prompts.
 * @param base mean hidden state of each prompt, (rows, C)
 * @param labels kind of each prompt, below `kinds`, each with a prompt at least
 * @throws RangeError for a kind without prompts, and for states of another number of prompts.
 */
export function driftMap(base: readonly Float64Array[], labels: readonly number[], kinds: number): MapBase {
  const pca = principalAxes(base, 2);
  const means = kindMeans(base, labels, kinds);
  const [first = 0, second = 0] = pca.explained;
  return {
    explained: [first, second],
    cloud: base.map((state) => placeOf(pca, state)),
    places: means.map((mean) => placeOf(pca, mean)),
    distance: 0,
    inPlane: null,
    place: (states) => {
      const moved = kindMeans(states, labels, kinds);
      const places = moved.map((mean) => placeOf(pca, mean));
      const squares = moved.map((mean, kind) => squaredDistance(means[kind] ?? mean, mean));
      const inside = places.reduce((sum, [x, y], kind) => {
        const [fromX, fromY] = placeOf(pca, means[kind] ?? new Float64Array(0));
        return sum + (x - fromX) ** 2 + (y - fromY) ** 2;
      }, 0);
      const all = squares.reduce((sum, square) => sum + square, 0);
      return { places, distance: squares.reduce((sum, square) => sum + Math.sqrt(square), 0) / kinds, inPlane: all === 0 ? null : inside / all };
    },
  };
}

function kindMeans(states: readonly Float64Array[], labels: readonly number[], kinds: number): Float64Array[] {
  if (states.length !== labels.length) throw new RangeError(`drift map: ${states.length} states for ${labels.length} prompts`);
  return Array.from({ length: kinds }, (_, kind) => {
    const rows = states.filter((__, i) => labels[i] === kind);
    if (rows.length === 0) throw new RangeError(`drift map: kind ${kind} has no prompts`);
    return meanRow(rows);
  });
}

function placeOf(pca: Pca, state: Float64Array): Place {
  const [x = NaN, y = NaN] = project(pca, state);
  return [x, y];
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, c) => sum + (value - (b[c] ?? NaN)) ** 2, 0);
}
