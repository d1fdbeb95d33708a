import type { ReactNode } from 'react';
import type { EvaluatedModel, ExaminedModel } from '../../src/engine/evaluation';
import { EXPERTS } from '../../src/engine/protocol';
import { fixed } from '../format';
import { Panel } from '../shell/Panel';
import { strings } from '../strings';
import { ablationBars, pointsLost } from './examined';
import css from './AblationPanel.module.css';

/** What each measure loses when one expert is muted, in points. */
export function AblationPanel({ whole, ablation }: Pick<ExaminedModel, 'ablation'> & { readonly whole: EvaluatedModel }): ReactNode {
  const { evaluate, models } = strings;
  const lost = pointsLost(whole, ablation);
  const { axis, bars } = ablationBars(lost);
  const own = EXPERTS.map((_, e) => lost[e]?.[e] ?? NaN);
  const title = own.every((points) => points < -1) ? evaluate.ablation.all : evaluate.ablation.plain;
  return (
    <Panel title={title} note={evaluate.ablation.note}>
      <table className={css['bars']} style={{ '--axis': axis } as React.CSSProperties}>
        <caption className="visually-hidden">{evaluate.ablation.note}</caption>
        {EXPERTS.map((expert, e) => (
          <tbody key={expert}>
            {EXPERTS.map((measure, i) => {
              const points = lost[e]?.[i] ?? NaN;
              const { left, width } = bars[e]?.[i] ?? { left: axis, width: 0 };
              const written = fixed(points, 0);
              return (
                <tr key={measure} data-first={i === 0}>
                  {i === 0 ? <th scope="rowgroup" rowSpan={3} data-expert={expert}>{evaluate.ablation.mute(models[expert])}</th> : null}
                  <td data-own={expert === measure} data-expert={expert === measure ? expert : undefined}>
                    <span className={css['bar']} style={{ '--left': left, '--share': width } as React.CSSProperties} />
                    <span className={css['value']}>{evaluate.ablation.points(points >= 0.5 ? evaluate.ablation.won(written) : written, evaluate.measures[measure])}</span>
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
