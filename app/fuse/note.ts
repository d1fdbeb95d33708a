import { isTraining, type StudioState } from '../store/studio';
import { strings } from '../strings';

/** What stands beside the button that fuses: what it does, or why it waits. */
export function noteBesideFuse(state: StudioState): string {
  const { recipe } = strings;
  if (state.engine === 'failed') return recipe.cannot;
  if (isTraining(state)) return recipe.running;
  if (state.invalid.size > 0) return recipe.fix;
  if (state.engine !== 'ready') return recipe.notReady;
  return state.adapter?.software === true ? recipe.aboutSoftware : recipe.about;
}
