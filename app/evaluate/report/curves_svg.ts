import { EXPERTS } from '../../../src/engine/protocol';
import { fraction } from '../../charts/scale';
import { tick } from '../../format';
import type { RunRecord } from '../../store/run_record';
import { strings } from '../../strings';
import { WHOLE_VIEW } from '../../store/chart_view';
import { curveOf } from '../../train/curves';
import { byExpert, MEASURES, type StripId } from '../../train/measures';
import { html, type Markup } from './html';

const WIDTH = 640;
const HEIGHT = 130;
const DASHES = ['none', '6 2', '2 2'];

/** One measure of the run as a picture with its axis: raw and smoothed, or a line an expert. */
export function curveSvg(record: RunRecord, id: StripId): Markup {
  const { rows, scale, title, write } = curveOf([{ name: '', record }], id, WHOLE_VIEW, { from: 0, to: record.capacity });
  const { note } = strings.train.strips[id];
  const x = (step: number): string => ((WIDTH * step) / Math.max(1, record.capacity)).toFixed(1);
  const y = (value: number): string => (HEIGHT * (1 - fraction(scale, value))).toFixed(1);
  const path = (values: readonly (number | null)[]): string => rows
    .flatMap(({ step }, i) => {
      const value = values[i];
      if (value === null || value === undefined) return [];
      return [`${values[i - 1] === null || values[i - 1] === undefined ? 'M' : 'L'}${x(step)} ${y(value)}`];
    }).join('');
  const lines = byExpert(MEASURES[id]) ? EXPERTS.map((expert, e) => ({ colour: `var(--${expert})`, dash: DASHES[e] ?? 'none', name: strings.models[expert], e }))
    : [{ colour: 'var(--ink)', dash: 'none', name: '', e: 0 }];
  const ends = lines.flatMap(({ name, e }) => {
    const last = rows.at(-1)?.values[e];
    return last === null || last === undefined ? [] : [`${name} ${write(last)}`.trim()];
  });
  return html`<figure><figcaption>${strings.report.curve(title, note)}: ${ends.join(', ')}</figcaption>
<svg viewBox="-46 -8 ${WIDTH + 56} ${HEIGHT + 30}" role="img" aria-label="${title}">
${scale.ticks.map((value) => html`<path class="grid" d="M0 ${y(value)}H${WIDTH}"/><text x="-6" y="${Number(y(value)) + 4}" text-anchor="end">${tick(value)}</text>`)}
<text x="0" y="${HEIGHT + 18}">0</text><text x="${WIDTH}" y="${HEIGHT + 18}" text-anchor="end">${record.capacity}</text>
<path class="raw" d="${path(rows.map(({ raw }) => raw))}"/>
${lines.map(({ colour, dash, e }) => html`<path class="line" stroke="${colour}" stroke-dasharray="${dash}" d="${path(rows.map(({ values }) => values[e] ?? null))}"/>`)}
</svg></figure>
`;
}
