import type { EvaluatedModel, Interval, Measures, TriedMerge } from '../../../src/engine/evaluation';
import type { ExpertId } from '../../../src/engine/protocol';
import { frontier } from '../../charts/frontier';
import { fixed, integer } from '../../format';
import { strings } from '../../strings';
import { expertOf } from '../rows';

/** Which measures are drawn: to the right, and up. */
export const PAIRS = ['harmless helpful', 'honest helpful', 'honest harmless'] as const;
export type AxisPair = (typeof PAIRS)[number];

export interface TradePoint {
  readonly key: string;
  readonly name: string;
  readonly kind: 'fused' | 'expert' | 'model' | 'tried';
  readonly expert: ExpertId | undefined;
  readonly along: Interval;
  readonly up: Interval;
  /** For the frontier. */
  readonly x: number;
  readonly y: number;
  readonly onFrontier: boolean;
  /** Prompts that it was measured on. */
  readonly rows: number;
  /** Of a mix. */
  readonly weights: string | undefined;
}

export function axesOf(pair: AxisPair): { readonly along: ExpertId; readonly up: ExpertId } {
  const [along, up] = pair.split(' ') as [ExpertId, ExpertId];
  return { along, up };
}

/** Measured models, then what was tried, in that order. The frontier is that of the measured ones: few rows decide nothing. */
export function tradePoints(results: readonly EvaluatedModel[], tried: readonly TriedMerge[], pair: AxisPair): readonly TradePoint[] {
  const { along, up } = axesOf(pair);
  const measured = results.map((result) => pointOf(result, along, up, {
    key: result.model, name: strings.models[result.model], expert: expertOf(result.model), weights: undefined,
    kind: result.model === 'fused' ? 'fused' : expertOf(result.model) === undefined ? 'model' : 'expert',
  }));
  const best = frontier(measured);
  const { mix } = strings.tradeoff;
  return [
    ...measured.map((point) => ({ ...point, onFrontier: best.includes(point) })),
    ...tried.map((merge, i) => pointOf(merge, along, up, {
      key: `tried ${String(i)}`, name: String(i + 1), kind: 'tried', expert: undefined, weights: mix.weights(merge.scales.map((scale) => fixed(scale, 2))),
    })),
  ];
}

function pointOf(measures: Measures, along: ExpertId, up: ExpertId, facts: Pick<TradePoint, 'key' | 'name' | 'kind' | 'expert' | 'weights'>): TradePoint {
  const { helpful, harmful, benign, honest } = measures.rows;
  return {
    ...facts, along: measures[along], up: measures[up], x: measures[along].value, y: measures[up].value, onFrontier: false,
    rows: helpful + harmful + benign + honest,
  };
}

/** From the left of the frontier to its right. */
export function frontierOf(points: readonly TradePoint[]): readonly TradePoint[] {
  return frontier(points.filter(({ onFrontier }) => onFrontier));
}

/** A sentence that is true of the scores as measured. */
export function tradeTitle(points: readonly TradePoint[]): string {
  const { title, and } = strings.tradeoff;
  const names = frontierOf(points).map(({ name }) => name);
  const [first] = names;
  if (first === undefined || points.filter(({ kind }) => kind !== 'tried').length < 2) return title.empty;
  if (names.length === 1) return title.one(first);
  return names.length > 3 ? title.many(integer(names.length)) : title.few([names.slice(0, -1).join(', '), names.at(-1)].join(and));
}

/** "Mix 2: helpful 41, harmless 60, honest 52." */
export function triedSentence(tried: TriedMerge, number: number): string {
  const { tradeoff: { mix }, evaluate: { measures } } = strings;
  const scores = (['helpful', 'harmless', 'honest'] as const).map((measure) => mix.scored(measures[measure], fixed(100 * tried[measure].value, 0)));
  return mix.done(String(number), scores.join(', '));
}
