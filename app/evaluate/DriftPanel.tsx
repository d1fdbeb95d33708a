import type { ReactNode } from 'react';
import type { ExaminedModel } from '../../src/engine/evaluation';
import { EXPERTS } from '../../src/engine/protocol';
import { fixed } from '../format';
import { Panel } from '../shell/Panel';
import { strings } from '../strings';
import css from './DriftPanel.module.css';

const WIDTH = 220;
const ROW = 34;
const DASHES: Readonly<Record<(typeof EXPERTS)[number], string>> = { helpful: 'none', harmless: '6 2', honest: '2 2' };

/** How far each layer's experts have moved since the start, as a share of how far alignment had moved them; layers upward. */
export function DriftPanel({ byLayer: cells }: Pick<ExaminedModel['drift'], 'byLayer'>): ReactNode {
  const { evaluate, models } = strings;
  const drift = cells.map((layer) => layer.map(({ relative }) => relative ?? 0));
  const layers = drift.length;
  const most = Math.max(1e-9, ...drift.flat());
  const height = ROW * layers;
  const at = (layer: number, e: number): string => `${String((WIDTH * (drift[layer]?.[e] ?? 0)) / most)} ${String(height - ROW * (layer + 0.5))}`;
  const byLayer = drift.map((row) => row.reduce((sum, value) => sum + value, 0));
  const late = byLayer.length > 1 && (byLayer.at(-1) ?? 0) > 1.1 * (byLayer[0] ?? 0);
  const early = byLayer.length > 1 && (byLayer[0] ?? 0) > 1.1 * (byLayer.at(-1) ?? 0);
  return (
    <Panel title={late ? evaluate.drift.late : early ? evaluate.drift.early : evaluate.drift.plain} note={evaluate.drift.note}>
      <div className={css['figure']}>
        <svg viewBox={`-24 -4 ${String(WIDTH + 40)} ${String(height + 8)}`} aria-hidden="true">
          <path className={css['axis']} d={`M0 0V${String(height)}`} />
          {drift.map((_, layer) => <text key={layer} x={-8} y={height - ROW * (layer + 0.5) + 4} textAnchor="end">{layer + 1}</text>)}
          {EXPERTS.map((expert, e) => (
            <g key={expert} data-expert={expert}>
              <path className={css['line']} strokeDasharray={DASHES[expert]} d={`M${drift.map((__, layer) => at(layer, e)).join('L')}`} />
              {drift.map((__, layer) => <circle key={layer} r="4" style={{ transform: `translate(${at(layer, e).split(' ').join('px, ')}px)` }} />)}
            </g>
          ))}
        </svg>
        <table className={css['table']}>
          <caption className="visually-hidden">{evaluate.drift.note}</caption>
          <thead><tr><th scope="col">{strings.inspect.layer}</th>{EXPERTS.map((expert) => <th key={expert} scope="col" data-expert={expert}>{models[expert]}</th>)}</tr></thead>
          <tbody>
            {drift.map((row, layer) => (
              <tr key={layer}><th scope="row">{layer + 1}</th>{row.map((value, e) => <td key={EXPERTS[e]}>{fixed(100 * value, 1)}</td>)}</tr>
            )).reverse()}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
