import { useEffect, useRef, type ReactNode } from 'react';
import { BASELINES } from '../../src/engine/protocol';
import { useStudio } from '../store/studio';
import { startTour } from '../store/tour';
import { strings } from '../strings';
import { type HelpNumber, helpMore } from '../words/help_more';
import controls from './controls.module.css';
import css from './HelpDialog.module.css';

function close(): void {
  useStudio.setState({ helpOpen: false });
}

/** Every number with its formula, and the keys. */
export function HelpDialog(): ReactNode {
  const open = useStudio((state) => state.helpOpen);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const { help, models, compare } = strings;
  return (
    <dialog ref={dialog} className={css['dialog']} aria-labelledby="help-title" onClose={close}>
      <div className={css['head']}>
        <h2 id="help-title">{help.title}</h2>
        <button type="button" className={controls['word']} onClick={startTour}>{strings.around.tour.start}</button>
        <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} onClick={close}>{help.close}</button>
      </div>
      <Numbers of={help.numbers} />
      {helpMore.map(({ title, numbers }) => (
        <section key={title}>
          <h3 className={css['title']}>{title}</h3>
          <Numbers of={numbers} />
        </section>
      ))}
      <h3 className={css['title']}>{help.baselinesTitle}</h3>
      <p className={css['note']}>{help.baselinesNote}</p>
      <dl className={css['numbers']}>
        {BASELINES.map((baseline) => {
          const [formula, paper] = help.baselines[baseline];
          return (
            <div key={baseline}>
              <dt>{models[baseline]}</dt>
              <dd><Formula text={formula} />{compare.about[baseline]} <cite>{paper}</cite></dd>
            </div>
          );
        })}
      </dl>
      <h3 className={css['title']}>{help.keys}</h3>
      <dl className={css['keys']}>
        {help.keyMap.map(([key, meaning]) => (
          <div key={key}><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div>
        ))}
      </dl>
      <Shortcuts />
      <Kept />
    </dialog>
  );
}

function Numbers({ of }: { readonly of: readonly HelpNumber[] }): ReactNode {
  return (
    <dl className={css['numbers']}>
      {of.map(([name, formula, meaning]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd><Formula text={formula} />{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Writes _{…} below and ^{…} above the line. */
function Formula({ text }: { readonly text: string }): ReactNode {
  return (
    <span className={css['formula']}>
      {text.split(/([_^]\{[^}]*\})/).map((part, i) => {
        if (part.startsWith('_{')) return <sub key={i}>{part.slice(2, -1)}</sub>;
        return part.startsWith('^{') ? <sup key={i}>{part.slice(2, -1)}</sup> : part;
      })}
    </span>
  );
}

function Shortcuts(): ReactNode {
  const on = useStudio((state) => state.shortcuts);
  return (
    <label className={css['shortcuts']}>
      <input type="checkbox" checked={on} onChange={({ target }) => { useStudio.setState({ shortcuts: target.checked }); }} />
      {strings.help.shortcuts}
    </label>
  );
}

function Kept(): ReactNode {
  const kept = useStudio((state) => state.keptOffline);
  return kept ? <p className={css['note']}>{strings.around.version.kept}</p> : null;
}
