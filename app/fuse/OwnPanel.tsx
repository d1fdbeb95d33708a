import type { ReactNode } from 'react';
import { EXPERTS, type ModelCard, type SourceModel } from '../../src/engine/protocol';
import { useLocked } from '../lesson/Part';
import { ErrorNotice } from '../shell/ErrorNotice';
import { Panel } from '../shell/Panel';
import controls from '../shell/controls.module.css';
import { chooseFolders, forgetChosen, isAligning, isOwn, openChosen, restore, useOwn } from '../store/own';
import { isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import { FilesButton } from './FilesButton';
import { foldersByName } from './own_folders';
import { OwnLine } from './OwnLine';
import css from './OwnPanel.module.css';

const SLOTS: readonly SourceModel[] = ['base', ...EXPERTS];
export const OWN_PANEL = 'own-models';

/** A visitor's own models and rows, in place of the embedded ones. */
export function OwnPanel(): ReactNode {
  const { own } = strings;
  const cards = useStudio((state) => state.cards);
  const ready = useStudio(({ engine }) => engine === 'ready');
  const training = useStudio(isTraining);
  const measuring = useStudio(({ evaluation }) => evaluation.now !== undefined);
  const aligning = useOwn(isAligning);
  const opening = useOwn((state) => state.opening);
  const chosen = useOwn((state) => state.chosen);
  const saved = useOwn((state) => state.saved);
  // A fieldset that is disabled stops no file that is dropped.
  const held = useLocked('own') !== undefined;
  if (cards.length === 0) return null;
  const locked = held || !ready || training || aligning || opening || measuring;
  const waiting = SLOTS.filter((slot) => chosen[slot] !== undefined);
  const changed = cards.filter(isOwn);
  return (
    <Panel
      title={titleOf(changed)}
      note={own.note}
      {...(changed.length === 0 ? {} : {
        actions: <button type="button" className={controls['word']} disabled={locked} onClick={() => { void restore('everything'); }}>{own.everything}</button>,
      })}
    >
      <div id={OWN_PANEL} tabIndex={-1} className={css['lines']}>
        {SLOTS.map((slot) => <OwnLine key={slot} slot={slot} locked={locked} />)}
      </div>
      <div className={css['foot']}>
        {waiting.length > 0 ? (
          <>
            <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} disabled={locked} onClick={() => { void openChosen(); }}>
              {own.open(own.list(waiting.map((slot) => own.slot[slot])))}
            </button>
            <button type="button" className={controls['word']} disabled={opening} onClick={forgetChosen}>{own.forget}</button>
          </>
        ) : (
          <FilesButton words={own.all} label={own.all} folder disabled={locked} onChoose={(files) => { chooseFolders(foldersByName(files)); }} />
        )}
        <p role="status" className={css['note']}>{opening ? own.opening : measuring ? own.busyMeasuring : saved.length > 0 ? own.saved(own.list(saved)) : ''}</p>
      </div>
      <ErrorNotice place="own" />
    </Panel>
  );
}

function titleOf(changed: readonly ModelCard[]): string {
  const { title, list, slot } = strings.own;
  const names = changed.map(({ id }) => slot[id]);
  if (names.length === 0) return title.embedded;
  return names.length === 1 ? title.ownOne(list(names)) : title.own(list(names));
}
