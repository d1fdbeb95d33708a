import { Refusal } from '../errors/refusal';
import { MERGES } from '../fusion/merge/merges';
import { requireSettings } from '../fusion/merge/settings';
import type { Baseline, Manifest } from './manifest';
import { BASELINES, EXPERTS, type AnswerModel, type BaselineId } from './protocol';

/** Where nothing was tuned: losses of models of one base differ by tenths of a nat, so that at 1 all would count nearly alike. */
const TEMPERATURE = 0.1;

const DEFAULTS: { readonly [Id in BaselineId]: Extract<Baseline, { readonly id: Id }> } = {
  soup: { id: 'soup', settings: MERGES.soup.defaults },
  'task-arithmetic': { id: 'task-arithmetic', settings: MERGES['task-arithmetic'].defaults },
  ties: { id: 'ties', settings: MERGES.ties.defaults },
  dare: { id: 'dare', settings: MERGES.dare.defaults },
  slerp: { id: 'slerp', settings: MERGES.slerp.defaults },
  'ensemble-mean': { id: 'ensemble-mean' },
  'ensemble-perplexity': { id: 'ensemble-perplexity', temperature: TEMPERATURE },
};

export function isBaseline(model: AnswerModel): model is BaselineId {
  return (BASELINES as readonly AnswerModel[]).includes(model);
}

/** As the manifest tuned it, else by default. */
export function baselineOf({ baselines }: Pick<Manifest, 'baselines'>, id: BaselineId): Baseline {
  return baselines.find((tuned) => tuned.id === id) ?? DEFAULTS[id];
}

/** @throws Refusal 'bad-config' for a merge's number that is out of range, named as the manifest has it. */
export function checkBaselines({ baselines }: Pick<Manifest, 'baselines'>, file: string): void {
  for (const [i, tuned] of baselines.entries()) {
    if (!('settings' in tuned)) continue;
    try {
      requireSettings(tuned.settings, EXPERTS.length);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { field = 'settings', ...said } = error.detail;
      throw new Refusal('bad-config', { ...said, file, field: `baselines[${String(i)}].settings.${field}`, fix: 'restore the file and reload' });
    }
  }
}
