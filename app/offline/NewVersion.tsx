import type { ReactNode } from 'react';
import controls from '../shell/controls.module.css';
import line from '../shell/Line.module.css';
import { isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import { takeNewVersion } from './offline';

/** A newer version has been fetched; it is taken when asked for, never under a run. */
export function NewVersion(): ReactNode {
  const { around: { version } } = strings;
  const ready = useStudio((state) => state.newVersion);
  const training = useStudio(isTraining);
  return (
    <div role="status">
      {ready ? (
        <p className={line['line']}>
          {training ? version.readyInRun : version.ready}
          <button type="button" className={controls['word']} onClick={takeNewVersion}>{version.reload}</button>
        </p>
      ) : null}
    </div>
  );
}
