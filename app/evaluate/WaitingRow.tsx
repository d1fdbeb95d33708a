import type { ReactNode } from 'react';
import type { AnswerModel } from '../../src/engine/protocol';
import { strings } from '../strings';
import { expertOf, MEASURED } from './rows';
import css from './DotRows.module.css';

/** Who will stand here once it is measured, for the eye alone. @param told whether the row says that it waits: beside those that do not */
export function WaitingRow({ model, told = false }: { readonly model: AnswerModel; readonly told?: boolean }): ReactNode {
  const { models, evaluate } = strings;
  return (
    <tr className={css['waiting']} aria-hidden="true">
      <th data-expert={expertOf(model)}>{models[model]}</th>
      <td className={css['kind']}>{evaluate.kinds[model]}</td>
      {MEASURED.map((measure, i) => <td key={measure} className={css['cell']}><span className={css['plot']} />{told && i === 0 ? <span className={css['wait']}>{evaluate.waiting}</span> : null}</td>)}
    </tr>
  );
}
