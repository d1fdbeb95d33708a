import type { ReactNode } from 'react';
import { BASELINES } from '../../src/engine/protocol';
import { measurable } from '../store/evaluation';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import { DotHead } from './DotRows';
import { MEASURED } from './rows';
import { WaitingRow } from './WaitingRow';
import css from './DotRows.module.css';

/** Before anything is measured: who will stand here, on which axes, and between models and merges what fills them. */
export function EmptyRows(): ReactNode {
  const { evaluate } = strings;
  const fused = useStudio(isFused);
  const models = measurable(fused).filter((model) => !BASELINES.some((baseline) => baseline === model));
  return (
    <div className={css['scroll']}>
      <table className={css['rows']}>
        <caption className="visually-hidden">{evaluate.caption}</caption>
        <DotHead />
        <tbody>
          {models.map((model) => <WaitingRow key={model} model={model} />)}
          <tr><td className={css['empty']} colSpan={2 + MEASURED.length}>{evaluate.empty}</td></tr>
          {BASELINES.map((model) => <WaitingRow key={model} model={model} />)}
        </tbody>
      </table>
    </div>
  );
}
