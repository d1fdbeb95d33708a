import { useState, type ReactNode } from 'react';
import { ALIGN_RANGES, inAlignRange } from '../../src/engine/align_recipe';
import type { ExpertId } from '../../src/engine/protocol';
import { fixed, integer } from '../format';
import controls from '../shell/controls.module.css';
import { align, type Aligning, isAligning, stopAligning, useOwn } from '../store/own';
import { isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import { AlignNumberSetting } from './AlignNumberSetting';
import { AlignProgress } from './AlignProgress';
import css from './OwnPanel.module.css';

const FIELDS = ['steps', 'batch', 'learningRate'] as const;

/** Makes an aligned model of the base and one expert's rows; opened by a word, and open by itself while it works. */
export function AlignPanel({ expert, locked }: { readonly expert: ExpertId; readonly locked: boolean }): ReactNode {
  const { own: { align: words, slot } } = strings;
  const [open, setOpen] = useState(false);
  const mine = useOwn(({ aligning }) => (aligning?.expert === expert ? aligning : undefined));
  const working = useOwn((state) => isAligning(state) && state.aligning?.expert === expert);
  const invalid = useOwn(({ alignRecipes }) => FIELDS.some((field) => !inAlignRange(field, alignRecipes[expert][field])));
  const rows = useStudio(({ cards }) => cards.find(({ id }) => id === expert)?.rows ?? 0);
  const training = useStudio(isTraining);
  const name = slot[expert];
  if (!open && !working) {
    return (
      <div className={css['align']}>
        <button type="button" className={controls['word']} disabled={locked} onClick={() => { setOpen(true); }}>{words.open(name)}</button>
        {mine === undefined ? null : <Outcome aligning={mine} name={name} />}
      </div>
    );
  }
  return (
    <div className={css['align']} role="group" aria-label={words.title(name)}>
      <p className={css['note']}>{words.note(integer(rows))}</p>
      <div className={css['numbers']}>
        {FIELDS.map((field) => <AlignNumberSetting key={field} expert={expert} field={field} range={ALIGN_RANGES[field]} disabled={working} />)}
      </div>
      {mine === undefined ? null : <AlignProgress aligning={mine} working={working} />}
      <div className={css['ways']}>
        {working ? (
          <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} onClick={stopAligning}>{words.stop}</button>
        ) : (
          <>
            <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} disabled={locked || invalid} onClick={() => { void align(expert); }}>
              {words.start(name)}
            </button>
            <button type="button" className={controls['word']} onClick={() => { setOpen(false); }}>{words.close}</button>
          </>
        )}
        {training ? <p className={css['note']}>{words.waits}</p> : null}
      </div>
      {mine === undefined || working ? null : <Outcome aligning={mine} name={name} />}
    </div>
  );
}

function Outcome({ aligning: { result, status }, name }: { readonly aligning: Aligning; readonly name: string }): ReactNode {
  const { own: { align: words } } = strings;
  if (result === undefined) return status.phase === 'stopped' ? <p role="status" className={css['note']}>{words.stopped(name)}</p> : null;
  const { steps, rows, heldOut } = result;
  const learnt = heldOut === undefined ? words.noHeldOut : words.heldOut(fixed(heldOut.before, 2), fixed(heldOut.after, 2), integer(heldOut.rows));
  return <p role="status" className={css['note']}>{words.done(name, integer(steps), integer(rows))} {learnt}</p>;
}
