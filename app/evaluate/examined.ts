import type { EvaluatedModel, ExaminedModel } from '../../src/engine/evaluation';
import { EXPERTS, type ExpertId } from '../../src/engine/protocol';

/** Points of 100 that each measure loses (below 0) or wins when an expert is muted: experts by measures, both in the experts' order. */
export function pointsLost(whole: EvaluatedModel, ablation: ExaminedModel['ablation']): readonly (readonly number[])[] {
  return EXPERTS.map((_, e) => EXPERTS.map((measure: ExpertId) => 100 * ((ablation[e]?.[measure].value ?? NaN) - whole[measure].value)));
}

/** Share of each kind's prompts that went to each expert, in per cent: kinds by experts. */
export function percentSent({ confusion }: ExaminedModel['router']): readonly (readonly number[])[] {
  return confusion.map((counts) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (all === 0 ? 0 : (100 * count) / all));
  });
}
