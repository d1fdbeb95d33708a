import type { ReactNode } from 'react';
import { RouterPanel } from '../inspect/RouterPanel';
import { Part } from '../lesson/Part';
import { ErrorNotice } from '../shell/ErrorNotice';
import { useRecordCount } from '../store/use_record';
import { shownRecord, type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { BranchPanel } from './BranchPanel';
import { LeversPanel } from './LeversPanel';
import { LossStrips } from './LossStrips';
import { MachinePanel } from './MachinePanel';
import { RunsPanel } from './RunsPanel';
import { TakePanel } from './TakePanel';
import { useSlowly } from '../store/use_slowly';
import css from './TrainView.module.css';

/** Accuracy of the router from which its experts have found their subjects; a third is a guess. */
const FOUND = 0.8;
const GUESS = 0.45;

export function TrainView(): ReactNode {
  const record = useStudio(shownRecord);
  useRecordCount(record, 1000);
  const title = useSlowly(useStudio(titleNow), 5000);
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <ErrorNotice place="run" />
      <div className={css['columns']}>
        <div className={css['rail']} data-side="left">
          <Part name="levers"><LeversPanel /></Part>
          <RunsPanel />
          <MachinePanel />
        </div>
        <div className={css['strips']}><Spot name="strips"><LossStrips /></Spot></div>
        <div className={css['rail']}>
          <TakePanel />
          <RouterPanel />
          <Part name="levers"><BranchPanel /></Part>
        </div>
      </div>
    </>
  );
}

function titleNow(state: StudioState): string {
  const { title } = strings.train;
  const { run } = state;
  const record = shownRecord(state);
  if (run.phase === 'preparing') return title.preparing;
  if (record === undefined || record.count === 0) return title.idle;
  const accuracy = record.last('accuracy');
  if (accuracy >= FOUND) return title.found;
  if (record.warmup === record.count) return title.warmup;
  return accuracy <= GUESS ? title.guessing : title.learning;
}
