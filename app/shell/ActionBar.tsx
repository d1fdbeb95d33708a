import type { ReactNode } from 'react';
import { FuseButton } from '../fuse/FuseButton';
import { isTraining, useStudio } from '../store/studio';
import { RunControls } from './RunControls';
import { stepText } from './RunProgress';
import css from './ActionBar.module.css';

/** On a phone the run's controls stand at the thumb. */
export function ActionBar(): ReactNode {
  const training = useStudio(isTraining);
  const text = useStudio(stepText);
  return (
    <div className={css['bar']}>
      {training ? null : <FuseButton />}
      <span className={css['text']}>{text}</span>
      <RunControls large />
    </div>
  );
}
