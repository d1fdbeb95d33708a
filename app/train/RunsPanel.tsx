import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { Panel } from '../shell/Panel';
import controls from '../shell/controls.module.css';
import { addRunFiles, frontId, undoRemove } from '../store/runs';
import { useStudio } from '../store/studio';
import { useRuns } from '../store/use_runs';
import { strings } from '../strings';
import { DamagedRuns, RunFaults } from './RunFaults';
import { RunRow } from './RunRow';
import css from './RunsPanel.module.css';

/** All runs there are, newest first: one in front, others as lines; files come and go here. */
export function RunsPanel(): ReactNode {
  const { runs: texts } = strings.train;
  const runs = useRuns();
  const front = useStudio(frontId);
  const overlaid = useStudio(({ book }) => book.overlaid);
  const current = useStudio(({ book }) => book.current?.id);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void addRunFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={css['panel']} data-over={over} onDrop={drop} onDragLeave={() => { setOver(false); }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
    >
      <Panel title={texts.title} note={runs.length === 0 ? texts.empty : texts.note}>
        <ul className={css['rows']}>
          {runs.map((run, i) => (
            <RunRow
              key={run.id} run={run} before={runs[i - 1]} inFront={run.id === front} overlaid={overlaid.includes(run.id)} ours={run.id === current}
            />
          )).reverse()}
        </ul>
        <Removed />
        <AddFiles />
        <DamagedRuns />
        <RunFaults />
      </Panel>
    </div>
  );
}

function Removed(): ReactNode {
  const { runs } = strings.train;
  const removed = useStudio(({ book }) => book.removed);
  return (
    <p className={css['removed']} role="status">
      {removed === undefined ? null : (
        <>{runs.removed(removed.run.name)} <button type="button" className={controls['word']} onClick={undoRemove}>{runs.undo}</button></>
      )}
    </p>
  );
}

function AddFiles(): ReactNode {
  const { runs } = strings.train;
  const input = useRef<HTMLInputElement>(null);
  return (
    <p className={css['add']}>
      <button type="button" className={controls['word']} onClick={() => { input.current?.click(); }}>{runs.add}</button>
      <input
        ref={input} type="file" multiple accept=".json,application/json" hidden
        onChange={({ target }) => {
          void addRunFiles([...target.files ?? []]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      {' '}{runs.drop}
    </p>
  );
}
