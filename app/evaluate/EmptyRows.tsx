import type { ReactNode } from 'react';
import { measurable } from '../store/evaluation';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import { DotHead } from './DotRows';
import { expertOf, MEASURED } from './rows';
import css from './DotRows.module.css';

/** Before anything is measured: who will stand here, on which axes, and what fills them. */
export function EmptyRows(): ReactNode {
  const { models, evaluate } = strings;
  const fused = useStudio(isFused);
  return (
    <div className={css['waiting']}>
      <div className={css['scroll']} aria-hidden="true">
        <table className={css['rows']}>
          <DotHead />
          <tbody>
            {measurable(fused).map((model) => (
              <tr key={model}>
                <th data-expert={expertOf(model)}>{models[model]}</th>
                <td className={css['kind']}>{evaluate.kinds[model]}</td>
                {MEASURED.map((measure) => <td key={measure} className={css['cell']}><span className={css['plot']} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{evaluate.empty}</p>
    </div>
  );
}
