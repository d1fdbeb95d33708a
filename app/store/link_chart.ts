import { type ChartView, SMOOTHING, WHOLE_VIEW } from './chart_view';
import { bad, numberOf, oneOf, within } from './link_checks';

/** How the strips are drawn, where that differs from the start. */
export function chartFields({ smoothing, log, more, zoom }: ChartView): readonly (readonly [field: string, value: string])[] {
  return [
    ...(smoothing === WHOLE_VIEW.smoothing ? [] : [['chart.smoothing', String(smoothing)] as const]),
    ...(log ? [['chart.log', '1'] as const] : []),
    ...(more ? [['chart.more', '1'] as const] : []),
    ...(zoom === undefined ? [] : [['chart.zoom', `${String(zoom.from)}-${String(zoom.to)}`] as const]),
  ];
}

/** @throws Refusal 'bad-option' */
export function chartField(field: string, name: string, value: string): Partial<ChartView> {
  switch (name) {
    case 'smoothing': return { smoothing: within(field, value, SMOOTHING.min, SMOOTHING.max) };
    case 'log': case 'more': return { [name]: oneOf(field, ['0', '1'], value) === '1' };
    case 'zoom': {
      const [from = NaN, to = NaN, ...rest] = value.split('-').map(numberOf);
      if (rest.length > 0 || !Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to <= from) throw bad(field, 'two steps, such as 10-50', value);
      return { zoom: { from, to } };
    }
    default: throw bad(field, 'a way to draw the strips', name);
  }
}
