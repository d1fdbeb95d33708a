import type { ReactNode } from 'react';
import type { EvaluatedModel, ExaminedModel } from '../../src/engine/evaluation';
import { EXPERTS } from '../../src/engine/protocol';
import { fixed } from '../format';
import { Panel } from '../shell/Panel';
import { strings } from '../strings';
import { pointsLost } from './examined';
import css from './AblationPanel.module.css';

/** What each measure loses when one expert is muted, in points. */
export function AblationPanel({ whole, ablation }: Pick<ExaminedModel, 'ablation'> & { readonly whole: EvaluatedModel }): ReactNode {
  const { evaluate, models } = strings;
  const lost = pointsLost(whole, ablation);
  const own = EXPERTS.map((_, e) => lost[e]?.[e] ?? NaN);
  const title = own.every((points) => points < -1) ? evaluate.ablation.all : evaluate.ablation.plain;
  return (
    <Panel title={title} note={evaluate.ablation.note}>
      <table className={css['bars']}>
        <caption className="visually-hidden">{evaluate.ablation.note}</caption>
        {EXPERTS.map((expert, e) => (
          <tbody key={expert}>
            {EXPERTS.map((measure, i) => {
              const points = lost[e]?.[i] ?? NaN;
              return (
              <tr key={measure} data-first={i === 0}>
                {i === 0 ? <th scope="rowgroup" rowSpan={3} data-expert={expert}>{evaluate.ablation.mute(models[expert])}</th> : null}
                <td data-own={expert === measure} data-expert={expert === measure ? expert : undefined}>
                  <span className={css['bar']} style={{ width: `${String(Math.min(100, Math.abs(points)) * 0.6)}%` }} />
                  <span className={css['value']}>{evaluate.ablation.points(fixed(points, 0), evaluate.measures[measure])}</span>
                </td>
              </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </Panel>
  );
}
