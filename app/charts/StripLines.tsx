import { memo, type ReactNode } from 'react';
import { Curve } from 'recharts';
import { place, type StepWindow } from './step_window';
import type { LineStyle, StripRow } from './strip_row';

interface Props {
  readonly rows: readonly StripRow[];
  readonly window: StepWindow;
  readonly lines: readonly LineStyle[];
}

/** The plot, in units of its own that the style stretches over it. */
const SIDE = 1000;

/**
 * The lines of one strip, and nothing else: axis, labels and crosshair belong to the frame around it, whose moves do not
 * draw the lines anew. Curves without a chart around them, whose store and labels cost more than the lines. Loaded lazily.
 */
export default memo(function StripLines({ rows, window, lines }: Props): ReactNode {
  const points = (valueOf: (row: StripRow) => number | null): { x: number; y: number | null }[] => rows.map((row) => {
    const value = valueOf(row);
    return { x: SIDE * place(window, row.step), y: value === null ? null : SIDE * (1 - value) };
  });
  return (
    <svg viewBox={`0 0 ${String(SIDE)} ${String(SIDE)}`} preserveAspectRatio="none">
      <Curve type="linear" points={points(({ raw }) => raw)} stroke="var(--quiet)" strokeWidth={1} fill="none" />
      {lines.map(({ name, colour, dash, width }, i) => (
        <Curve
          key={`${name} ${String(i)}`}
          type="linear"
          points={points(({ values }) => values[i] ?? null)}
          stroke={`var(${colour})`}
          strokeWidth={width}
          fill="none"
          {...(dash === undefined ? {} : { strokeDasharray: dash })}
        />
      )).reverse()}
    </svg>
  );
});
