import { useState, type ReactNode } from 'react';
import type { EvaluatedModel } from '../../../src/engine/evaluation';
import { EXPERTS, type AnswerModel } from '../../../src/engine/protocol';
import { useWidth } from '../../charts/use_width';
import { fixed } from '../../format';
import { strings } from '../../strings';
import { expertOf, sorted } from '../rows';
import { firstPicks, MOST, picked, radarAxes, radarFrame, radarLines, radarSpoken, type RadarLine } from './radar';
import { RadarLines } from './RadarLines';
import css from './Radar.module.css';

/** Three measures as three directions: at most three outlines, and their numbers beside them. */
export function RadarView({ results }: { readonly results: readonly EvaluatedModel[] }): ReactNode {
  const { radar: texts, evaluate: { measures } } = strings;
  const [chosen, setChosen] = useState<readonly AnswerModel[]>();
  const picks = chosen ?? firstPicks(results);
  const lines = radarLines(results, picks);
  const axes = radarAxes(results, lines);
  const [box, width] = useWidth();
  return (
    <div className={css['view']}>
      <div className={css['chart']} role="img" aria-label={radarSpoken(lines, axes)}>
        {EXPERTS.map((expert) => <span key={expert} className={css['axis']} data-axis={expert} data-expert={expert} aria-hidden="true">{measures[expert]}</span>)}
        <div ref={box} className={css['frame']}>{width === 0 ? null : <RadarLines lines={lines} axes={axes} frame={radarFrame(width)} />}</div>
      </div>
      <div className={css['side']}>
        <fieldset className={css['picks']}>
          <legend>{texts.pick}</legend>
          <p>{texts.note}</p>
          {sorted(results).map(({ model }) => (
            <label key={model} data-expert={expertOf(model)}>
              <input
                type="checkbox" checked={picks.includes(model)} disabled={!picks.includes(model) && picks.length >= MOST}
                onChange={() => { setChosen(picked(picks, model)); }}
              />
              <Sample line={lines.find((line) => line.model === model)} />
              <span>{strings.models[model]}</span>
            </label>
          ))}
        </fieldset>
        {lines.length === 0 ? <p>{texts.empty}</p> : <Numbers results={results} lines={lines} />}
      </div>
    </div>
  );
}

/** How a model is drawn, beside its name. */
function Sample({ line }: { readonly line: RadarLine | undefined }): ReactNode {
  return (
    <svg width="28" height="12" viewBox="0 0 28 12" aria-hidden="true">
      {line === undefined ? null : <path d="M0 6H28" stroke={line.colour} strokeWidth={line.width} strokeDasharray={line.dash} />}
    </svg>
  );
}

function Numbers({ results, lines }: { readonly results: readonly EvaluatedModel[]; readonly lines: readonly RadarLine[] }): ReactNode {
  const { radar: texts, evaluate: { measures }, tradeoff } = strings;
  return (
    <table className={css['numbers']}>
      <caption className="visually-hidden">{texts.caption}</caption>
      <thead><tr><td />{EXPERTS.map((expert) => <th key={expert} scope="col" data-expert={expert}>{measures[expert]}</th>)}</tr></thead>
      <tbody>
        {lines.map(({ model, name }) => (
          <tr key={model}>
            <th scope="row">{name}</th>
            {EXPERTS.map((expert) => {
              const { value = NaN, low = NaN, high = NaN } = results.find((result) => result.model === model)?.[expert] ?? {};
              return <td key={expert}>{tradeoff.score(fixed(100 * value, 0), fixed(100 * low, 0), fixed(100 * high, 0))}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
