import type { ReactNode } from 'react';
import css from './Panel.module.css';

interface Props {
  readonly title: string;
  readonly note?: ReactNode;
  /** Underlined words at the right of the title; after the note where there is no room. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A figure starts with a 1 px ink rule, then title, note, picture. */
export function Panel({ title, note, actions, children }: Props): ReactNode {
  return (
    <section className={css['panel']}>
      <div className={css['head']}>
        <div className={css['words']}>
          <h3>{title}</h3>
          {note === undefined ? null : <p className={css['note']}>{note}</p>}
        </div>
        {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
