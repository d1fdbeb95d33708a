import type { ReactNode } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import { strings } from '../strings';
import css from './WatchView.module.css';

/** The three names in their own colours, which all figures keep. */
export function Lead(): ReactNode {
  const { lead } = strings.watch;
  return (
    <p className={css['lead']}>
      {lead.map((text, i) => {
        const expert = EXPERTS[i];
        return (
          <span key={text}>
            {text}
            {expert === undefined ? null : <strong data-expert={expert}>{strings.models[expert].toLowerCase()}</strong>}
          </span>
        );
      })}
    </p>
  );
}
