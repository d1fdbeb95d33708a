import type { ReactNode } from 'react';
import type { ExaminedModel } from '../../src/engine/evaluation';
import { EXPERTS } from '../../src/engine/protocol';
import { useWidth } from '../charts/use_width';
import { fixed, tick } from '../format';
import { Panel } from '../shell/Panel';
import { strings } from '../strings';
import { driftPercents, driftPicture, driftTrend } from './drift_picture';
import css from './DriftPanel.module.css';

const DASHES: Readonly<Record<(typeof EXPERTS)[number], string>> = { helpful: 'none', harmless: '6 2', honest: '2 2' };

/** How far each layer's experts have moved since the start, as a share of how far alignment had moved them; layers upward. */
export function DriftPanel({ byLayer }: Pick<ExaminedModel['drift'], 'byLayer'>): ReactNode {
  const { evaluate, models } = strings;
  const percents = driftPercents(byLayer);
  const [box, width] = useWidth();
  return (
    <Panel title={evaluate.drift[driftTrend(percents)]} note={evaluate.drift.note}>
      <div className={css['figure']}>
        <div ref={box} className={css['picture']}>{width === 0 ? null : <Lines percents={percents} width={width} />}</div>
        <table className={css['table']}>
          <caption className="visually-hidden">{evaluate.drift.note}</caption>
          <thead><tr><th scope="col">{strings.inspect.layer}</th>{EXPERTS.map((expert) => <th key={expert} scope="col" data-expert={expert}>{models[expert]}</th>)}</tr></thead>
          <tbody>
            {percents.map((row, layer) => (
              <tr key={layer}><th scope="row">{layer + 1}</th>{row.map((value, e) => <td key={EXPERTS[e]}>{fixed(value, 1)}</td>)}</tr>
            )).reverse()}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** Names over the lines, per cent under them. The table says it all. */
function Lines({ percents, width }: { readonly percents: readonly (readonly number[])[]; readonly width: number }): ReactNode {
  const { height, plot, layers, ticks, lines, names } = driftPicture(percents, width);
  return (
    <svg viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">
      {ticks.map(({ value, x }, i) => (
        <g key={value}>
          <path className={i === 0 ? css['axis'] : css['grid']} d={`M${String(x)} ${String(plot.top)}V${String(plot.bottom)}`} />
          <text x={x} y={plot.bottom + 16} textAnchor="middle">{tick(value)}</text>
        </g>
      ))}
      {layers.map((y, layer) => <text key={layer} x={plot.left - 8} y={y + 4} textAnchor="end">{layer + 1}</text>)}
      {lines.map(({ expert, points }, e) => (
        <g key={expert} data-expert={expert}>
          <text className={css['name']} x={names[e]} y={12} textAnchor="middle">{strings.models[expert]}</text>
          <path className={css['line']} strokeDasharray={DASHES[expert]} d={`M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`} />
          {points.map(({ x, y }, layer) => <circle key={layer} r="4" cx={x} cy={y} />)}
        </g>
      ))}
    </svg>
  );
}
