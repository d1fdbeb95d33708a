import type { ReactNode } from 'react';
import type { EvaluatedModel } from '../../src/engine/evaluation';
import { fixed } from '../format';
import { measurable } from '../store/evaluation';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import { expertOf, MEASURED, type Measured, sorted, unmeasured } from './rows';
import { WaitingRow } from './WaitingRow';
import css from './DotRows.module.css';

const TICKS = [0, 50, 100];

/** A dot is the score, its line the 95 % interval; Fused's value is ruled down the column. Who is not measured yet waits below. */
export function DotRows({ results }: { readonly results: readonly EvaluatedModel[] }): ReactNode {
  const { models, evaluate } = strings;
  const waiting = unmeasured(results, measurable(useStudio(isFused)));
  const fused = results.find(({ model }) => model === 'fused');
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={evaluate.caption}>
      <table className={css['rows']}>
        <caption className="visually-hidden">{evaluate.caption}</caption>
        <DotHead />
        <tbody>
          {sorted(results).map((result) => (
            <tr key={result.model} data-fused={result.model === 'fused'}>
              <th scope="row" data-expert={expertOf(result.model)}>{models[result.model]}</th>
              <td className={css['kind']}>{evaluate.kinds[result.model]}</td>
              {MEASURED.map((measure) => <Dot key={measure} result={result} measure={measure} ruled={fused?.[measure].value} />)}
            </tr>
          ))}
          {waiting.map((model) => <WaitingRow key={model} model={model} told />)}
        </tbody>
      </table>
    </div>
  );
}

/** Names and axes of the columns; a narrow window has short names and the middle alone. */
export function DotHead(): ReactNode {
  const { evaluate, tiles } = strings;
  return (
    <thead>
      <tr>
        <td />
        <td className={css['kind']} />
        {MEASURED.map((measure) => (
          <th key={measure} scope="col" data-expert={measure === 'hhh' ? undefined : measure}>
            <span className={css['long']}>{evaluate.measures[measure]}</span>
            <span className={css['short']} aria-hidden="true">{measure === 'hhh' ? evaluate.mean : tiles[measure]}</span>
            <span className={css['ticks']} aria-hidden="true">{TICKS.map((at) => <i key={at} data-at={at} style={{ left: percent(at / 100) }}>{at}</i>)}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Dot({ result, measure, ruled }: { readonly result: EvaluatedModel; readonly measure: Measured; readonly ruled: number | undefined }): ReactNode {
  const { value, low, high } = result[measure];
  const own = result.model === 'fused' || result.model === measure;
  const { evaluate } = strings;
  return (
    <td className={css['cell']} data-own={own} data-expert={measure === 'hhh' ? undefined : measure}>
      <span className={css['plot']} aria-hidden="true">
        {ruled === undefined ? null : <i className={css['rule']} style={{ left: percent(ruled) }} />}
        <i className={css['line']} style={{ left: percent(low), width: percent(high - low) }} />
        <i className={css['dot']} style={{ left: percent(value) }} />
      </span>
      <span className={css['value']}>
        {fixed(100 * value, 0)}
        <span className="visually-hidden">{evaluate.interval(fixed(100 * low, 0), fixed(100 * high, 0))}</span>
      </span>
    </td>
  );
}

function percent(share: number): string {
  return `${String(100 * share)}%`;
}
