import { useId, useState, type ReactNode } from 'react';
import { LONGEST_NAME } from '../../src/engine/run_file';
import { integer } from '../format';
import controls from '../shell/controls.module.css';
import { fileName, saveFile } from '../shell/save_file';
import { type Run, runText } from '../store/run';
import { RECORDED } from '../store/run_book';
import { bringToFront, removeRun, renameRun, toggleRun } from '../store/runs';
import { useRecordCount } from '../store/use_record';
import { strings } from '../strings';
import { factsOf, lossesOf } from './run_facts';
import css from './RunsPanel.module.css';

interface Props {
  readonly run: Run;
  /** Whose recipe its differences are from. */
  readonly before: Run | undefined;
  readonly inFront: boolean;
  readonly overlaid: boolean;
  /** Of this tab: its weights are in use, so that it cannot be removed. */
  readonly ours: boolean;
}

const READ_EVERY = 500;

export function RunRow({ run, before, inFront, overlaid, ours }: Props): ReactNode {
  const { runs } = strings.train;
  const count = useRecordCount(run.record, READ_EVERY);
  const [naming, setNaming] = useState(false);
  const { id, name } = run;
  const recorded = id === RECORDED;
  return (
    <li className={css['row']} data-front={inFront}>
      <div className={css['head']}>
        <input
          type="radio" name="run in front" aria-label={runs.front(name)} title={runs.front(name)} checked={inFront} onChange={() => { bringToFront(id); }}
        />
        {naming ? <NewName name={name} onDone={(to) => { setNaming(false); if (to !== name) renameRun(id, to); }} /> : <b className={css['name']}>{name}</b>}
      </div>
      <p className={css['state']}>{[runs.steps(integer(count), integer(run.record.capacity)), ...(inFront ? [runs.inFront] : []), ...(ours ? [runs.now] : [])].join(', ')}</p>
      <p>{factsOf(run, before)}</p>
      {count === 0 ? null : <p>{lossesOf(run)}</p>}
      <div className={css['actions']}>
        {inFront ? null : (
          <label><input type="checkbox" aria-label={runs.overlay(name)} checked={overlaid} onChange={() => { toggleRun(id); }} />{runs.line}</label>
        )}
        {recorded || naming ? null : <Action text={runs.rename} name={runs.renameOne(name)} onPress={() => { setNaming(true); }} />}
        {count === 0 ? null : (
          <Action
            text={runs.save} name={runs.saveOne(name)}
            onPress={() => { saveFile(`h3fusion_${fileName(name)}.json`, runText(run) ?? '', 'application/json'); }}
          />
        )}
        {recorded || ours ? null : <Action text={runs.remove} name={runs.removeOne(name)} onPress={() => { removeRun(id); }} />}
      </div>
    </li>
  );
}

function Action({ text, name, onPress }: { readonly text: string; readonly name: string; readonly onPress: () => void }): ReactNode {
  return <button type="button" className={controls['word']} aria-label={name} onClick={onPress}>{text}</button>;
}

/** Enter or leaving takes the name, Esc leaves it as it was; an empty one is none. */
function NewName({ name, onDone }: { readonly name: string; readonly onDone: (name: string) => void }): ReactNode {
  const { runs } = strings.train;
  const [draft, setDraft] = useState(name);
  const id = useId();
  const take = (): void => { onDone(draft.trim() === '' ? name : draft.trim()); };
  return (
    <>
      <label htmlFor={id} className="visually-hidden">{runs.newName}</label>
      <input
        id={id} className={css['newName']} autoFocus maxLength={LONGEST_NAME} value={draft} onChange={({ target }) => { setDraft(target.value); }} onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onDone(name);
        }}
      />
    </>
  );
}
