import type { ReactNode } from 'react';
import { fuse } from '../store/actions';
import { isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import controls from '../shell/controls.module.css';

/** Starts the run and brings the curves into view. */
export function FuseButton(): ReactNode {
  const ready = useStudio(({ engine, invalid }) => engine === 'ready' && invalid.size === 0);
  const training = useStudio(isTraining);
  const again = useStudio(({ fusedWith }) => fusedWith !== undefined);
  const start = (): void => {
    void fuse();
    document.getElementById('train')?.scrollIntoView({ block: 'start' });
  };
  return (
    <button type="button" className={controls['primary']} disabled={!ready || training} onClick={start}>
      {again ? strings.recipe.again : strings.recipe.fuse}
    </button>
  );
}
