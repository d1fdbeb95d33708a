import { duration } from '../format';
import type { Measuring } from '../store/evaluation';
import { isAligning, useOwn } from '../store/own';
import { isTraining, type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';

/** Why nothing can be measured now; undefined where it can. */
export function useWhyNot(): string | undefined {
  const aligning = useOwn(isAligning);
  const why = useStudio(whyNot);
  return why ?? (aligning ? strings.evaluate.aligning : undefined);
}

function whyNot(state: StudioState): string | undefined {
  if (state.engine === 'failed') return strings.recipe.cannot;
  if (state.engine !== 'ready') return strings.recipe.notReady;
  return isTraining(state) ? strings.evaluate.training : undefined;
}

/** " About 9 s left.", or nothing while there is no telling. It changes too often to be read out: it stands outside the status. */
export function leftOf({ secondsLeft }: Pick<Measuring, 'secondsLeft'>): string {
  return secondsLeft === undefined ? '' : strings.tradeoff.mix.left(duration(secondsLeft));
}
