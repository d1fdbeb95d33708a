import type { ReactNode } from 'react';
import { saveFile } from '../shell/save_file';
import { dismissFaults, removeDamaged } from '../store/runs';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './RunsPanel.module.css';

/** What went wrong with files and storage. */
export function RunFaults(): ReactNode {
  const { runs } = strings.train;
  const faults = useStudio(({ book }) => book.faults);
  if (faults.length === 0) return null;
  return (
    <div className={css['faults']} role="alert" aria-label={runs.faults}>
      <ul>{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>
      <button type="button" onClick={dismissFaults}>{runs.dismiss}</button>
    </div>
  );
}

/** Runs of earlier visits that cannot be read: they stay with the browser until somebody decides. */
export function DamagedRuns(): ReactNode {
  const { runs } = strings.train;
  const damaged = useStudio(({ book }) => book.damaged);
  if (damaged.length === 0) return null;
  return (
    <div className={css['faults']} role="group" aria-label={runs.damagedRuns}>
      <ul>
        {damaged.map((run) => (
          <li key={run.id}>
            {run.fault}
            <div className={css['choices']}>
              <button type="button" aria-label={runs.saveOne(run.id)} onClick={() => { saveFile(`h3fusion_damaged_${run.id}.json`, run.text, 'application/json'); }}>{runs.save}</button>
              <button type="button" aria-label={runs.removeOne(run.id)} onClick={() => { void removeDamaged(run); }}>{runs.remove}</button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
