import type { EvaluatedModel } from '../../src/engine/evaluation';
import { BASELINES, EXPERTS, type AnswerModel } from '../../src/engine/protocol';
import { strings } from '../strings';

const SINGLES: readonly AnswerModel[] = ['base', ...EXPERTS];
/** What "all the others" are. */
const OTHERS: readonly AnswerModel[] = [...SINGLES, ...BASELINES];

/** What is measured, in the order in which it is asked. */
export const MEASURED = ['helpful', 'harmless', 'honest', 'hhh'] as const;
export type Measured = (typeof MEASURED)[number];

/** Best mean first; of equal ones the order in which they were measured stays. */
export function sorted(results: readonly EvaluatedModel[]): readonly EvaluatedModel[] {
  return [...results].sort((a, b) => b.hhh.value - a.hhh.value);
}

/** Who has no result yet, in the order in which they are measured. */
export function unmeasured(results: readonly EvaluatedModel[], models: readonly AnswerModel[]): readonly AnswerModel[] {
  return models.filter((model) => !results.some((result) => result.model === model));
}

/** Whether a model is an aligned one, in whose colour its own measure is drawn. */
export function expertOf(model: AnswerModel): (typeof EXPERTS)[number] | undefined {
  return EXPERTS.find((expert) => expert === model);
}

/** A sentence that holds of these results: "ahead" is said where intervals stand apart. */
export function titleOf(results: readonly EvaluatedModel[]): string {
  const { title } = strings.evaluate;
  const fused = results.find(({ model }) => model === 'fused');
  const others = results.filter(({ model }) => model !== 'fused');
  const whole = (models: readonly AnswerModel[]): boolean => models.every((model) => results.some((result) => result.model === model));
  if (fused === undefined || !whole(OTHERS)) return whole(SINGLES) && eachLeads(results) ? title.unfused : title.idle;
  if (others.every(({ hhh }) => fused.hhh.low > hhh.high)) return title.ahead;
  const best = sorted(others)[0];
  if (best !== undefined && best.hhh.low > fused.hhh.high) return title.behind(strings.models[best.model]);
  return title.level(strings.models[best?.model ?? 'base']);
}

/** Each aligned model has the highest score of the four in its own measure. */
function eachLeads(results: readonly EvaluatedModel[]): boolean {
  const singles = results.filter(({ model }) => SINGLES.includes(model));
  return EXPERTS.every((expert) => {
    const own = singles.find(({ model }) => model === expert)?.[expert].value ?? NaN;
    return singles.every((other) => other.model === expert || other[expert].value < own);
  });
}

/** One line a model, one column a number; shares from 0 to 1 with 4 decimals. */
export function csv(results: readonly EvaluatedModel[]): string {
  const head = ['model', ...MEASURED.flatMap((measure) => [measure, `${measure}_low`, `${measure}_high`])];
  const lines = sorted(results).map((result) => [
    result.model, ...MEASURED.flatMap((measure) => [result[measure].value, result[measure].low, result[measure].high].map((value) => value.toFixed(4))),
  ]);
  return `${[head, ...lines].map((line) => line.join(',')).join('\n')}\n`;
}
