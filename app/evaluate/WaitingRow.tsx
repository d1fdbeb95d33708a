import type { ReactNode } from 'react';
import type { AnswerModel } from '../../src/engine/protocol';
import { strings } from '../strings';
import { expertOf, MEASURED } from './rows';
import css from './DotRows.module.css';

/** Who will stand here once it is measured, for the eye alone. */
export function WaitingRow({ model }: { readonly model: AnswerModel }): ReactNode {
  const { models, evaluate } = strings;
  return (
    <tr className={css['waiting']} aria-hidden="true">
      <th data-expert={expertOf(model)}>{models[model]}</th>
      <td className={css['kind']}>{evaluate.kinds[model]}</td>
      {MEASURED.map((measure) => <td key={measure} className={css['cell']}><span className={css['plot']} /></td>)}
    </tr>
  );
}
