import { isAligning, memoryFits, useOwn } from '../store/own';
import { isTraining, type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';

/** What stands beside the button that fuses: what it does, or why it waits. */
export function useNoteBesideFuse(): string {
  const note = useStudio(noteBesideFuse);
  const aligning = useOwn(isAligning);
  const fits = useOwn(memoryFits);
  if (aligning) return strings.own.busyAligning;
  return fits ? note : strings.own.memory.over;
}

function noteBesideFuse(state: StudioState): string {
  const { recipe } = strings;
  if (state.engine === 'failed') return recipe.cannot;
  if (isTraining(state)) return recipe.running;
  if (state.invalid.size > 0) return recipe.fix;
  if (state.engine !== 'ready') return recipe.notReady;
  return state.adapter?.software === true ? recipe.aboutSoftware : recipe.about;
}
