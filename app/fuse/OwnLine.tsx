import { useState, type DragEvent, type ReactNode } from 'react';
import type { ExpertId, SourceModel } from '../../src/engine/protocol';
import { integer } from '../format';
import controls from '../shell/controls.module.css';
import { saveFile } from '../shell/save_file';
import { chooseFolders, openRows, restore, save, useOwn } from '../store/own';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { AlignPanel } from './AlignPanel';
import { FilesButton } from './FilesButton';
import { type ChosenFile, droppedFiles, folderOf, rowsFileOf } from './own_folders';
import { OwnRowsText } from './OwnRowsText';
import css from './OwnPanel.module.css';

const ROWS = '.json,.jsonl,.ndjson,.csv,.tsv,.txt';

/** One of the four: where its model and its rows come from, and the ways to bring others. */
export function OwnLine({ slot, locked }: { readonly slot: SourceModel; readonly locked: boolean }): ReactNode {
  const { own } = strings;
  const [over, setOver] = useState(false);
  const name = own.slot[slot];
  const expert = slot === 'base' ? undefined : slot;
  const take = (files: readonly ChosenFile[]): void => {
    const rows = rowsFileOf(files);
    if (rows !== undefined && expert !== undefined) void openRows(expert, { name: rows.path, bytes: rows.bytes });
    else if (files.length > 0) chooseFolders({ [slot]: folderOf(files, name) });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!locked) void droppedFiles(event.dataTransfer).then(take);
  };
  return (
    <section
      className={css['line']}
      aria-label={name}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => { setOver(false); }}
      onDrop={drop}
    >
      <h4 data-expert={slot}>{name}</h4>
      <ModelPart slot={slot} locked={locked} onChoose={(files) => { chooseFolders({ [slot]: folderOf(files, name) }); }} />
      {expert === undefined ? null : <RowsPart expert={expert} locked={locked} onChoose={take} />}
      {expert === undefined ? null : <AlignPanel expert={expert} locked={locked} />}
    </section>
  );
}

interface PartProps {
  readonly locked: boolean;
  readonly onChoose: (files: readonly ChosenFile[]) => void;
}

function ModelPart({ slot, locked, onChoose }: PartProps & { readonly slot: SourceModel }): ReactNode {
  const { own } = strings;
  const card = useStudio(({ cards }) => cards.find(({ id }) => id === slot));
  const chosen = useOwn((state) => state.chosen[slot]);
  const name = own.slot[slot];
  const origin = card?.origin ?? 'embedded';
  return (
    <div>
      <p><span className={css['what']}>{own.model}</span> {origin === 'files' ? own.fromFolder(card?.name ?? '') : own.origin[origin]}</p>
      {chosen === undefined ? null : <p className={css['note']}>{own.chosen(chosen.name, own.files(integer(chosen.files.length)))}</p>}
      <div className={css['ways']}>
        <FilesButton words={own.folder} label={own.folderOf(name)} folder disabled={locked} onChoose={onChoose} />
        <FilesButton words={own.loose} label={own.looseOf(name)} multiple disabled={locked} onChoose={onChoose} />
        {origin !== 'aligned' ? null : (
          <>
            <button type="button" className={controls['word']} disabled={locked} onClick={() => { void restore({ model: slot as ExpertId }); }}>{own.putBack(name)}</button>
            <button type="button" className={controls['word']} onClick={() => { void save(slot, (file, bytes) => { saveFile(file, bytes, 'application/octet-stream'); }); }}>
              {own.save(name)}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

function RowsPart({ expert, locked, onChoose }: PartProps & { readonly expert: ExpertId }): ReactNode {
  const { own } = strings;
  const card = useStudio(({ cards }) => cards.find(({ id }) => id === expert));
  const name = own.slot[expert];
  return (
    <div>
      <p>
        <span className={css['what']}>{own.rows}</span>{' '}
        {card?.ownRows === undefined ? own.rowsEmbedded(integer(card?.rows ?? 0)) : <OwnRowsText rows={card.rows ?? 0} facts={card.ownRows} />}
      </p>
      <div className={css['ways']}>
        <FilesButton words={own.rowsFile} label={own.rowsFileOf(name)} accept={ROWS} disabled={locked} onChoose={onChoose} />
        {card?.ownRows === undefined ? null : (
          <button type="button" className={controls['word']} disabled={locked} onClick={() => { void restore({ rows: expert }); }}>{own.embeddedRows(name)}</button>
        )}
      </div>
    </div>
  );
}
