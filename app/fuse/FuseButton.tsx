import type { ReactNode } from 'react';
import { Part } from '../lesson/Part';
import { fuse } from '../store/actions';
import { isAligning, memoryFits, useOwn } from '../store/own';
import { isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import controls from '../shell/controls.module.css';

/** Starts the run; `then` goes where it can be seen. */
export function FuseButton({ then }: { readonly then?: () => void }): ReactNode {
  const ready = useStudio(({ engine, invalid }) => engine === 'ready' && invalid.size === 0);
  const training = useStudio(isTraining);
  const aligning = useOwn(isAligning);
  const fits = useOwn(memoryFits);
  const again = useStudio(({ fusedWith }) => fusedWith !== undefined);
  const start = (): void => {
    void fuse();
    then?.();
  };
  return (
    <Part name="fuse">
      <button type="button" className={controls['primary']} disabled={!ready || training || aligning || !fits} onClick={start}>
        {again ? strings.recipe.again : strings.recipe.fuse}
      </button>
    </Part>
  );
}
