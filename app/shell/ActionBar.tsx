import type { ReactNode } from 'react';
import { isTraining, useStudio } from '../store/studio';
import { RunControls } from './RunControls';
import { useStepText } from './RunProgress';
import { ScreenLinks } from './ScreenLinks';
import type { Screen } from './screens';
import css from './ActionBar.module.css';

/** On a phone the run's controls and the screens stand at the thumb. */
export function ActionBar({ screen }: { readonly screen: Screen }): ReactNode {
  const training = useStudio(isTraining);
  const text = useStepText();
  return (
    <div className={css['bar']}>
      {training ? (
        <div className={css['run']}>
          <span className={css['text']}>{text}</span>
          <RunControls large />
        </div>
      ) : null}
      <ScreenLinks screen={screen} className={css['nav'] ?? ''} />
    </div>
  );
}
