import { useEffect, useRef, type ReactNode } from 'react';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
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
  const { help } = strings;
  return (
    <dialog ref={dialog} className={css['dialog']} aria-labelledby="help-title" onClose={close}>
      <div className={css['head']}>
        <h2 id="help-title">{help.title}</h2>
        <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} onClick={close}>{help.close}</button>
      </div>
      <dl className={css['numbers']}>
        {help.numbers.map(([name, formula, meaning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd><span className={css['formula']}>{formula}</span>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3 className={css['keysTitle']}>{help.keys}</h3>
      <dl className={css['keys']}>
        {help.keyMap.map(([key, meaning]) => (
          <div key={key}><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div>
        ))}
      </dl>
      <Shortcuts />
    </dialog>
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
