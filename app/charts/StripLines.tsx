import { memo, type ReactNode } from 'react';
import { Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { StepWindow } from './step_window';
import type { LineStyle, StripRow } from './strip_row';

interface Props {
  readonly rows: readonly StripRow[];
  readonly window: StepWindow;
  readonly lines: readonly LineStyle[];
  readonly label: string;
}

const MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };

/**
 * The lines of one strip, and nothing else: axis, labels and crosshair belong to the frame around it, whose moves do not
 * draw the lines anew. Loaded lazily.
 */
export default memo(function StripLines({ rows, window, lines, label }: Props): ReactNode {
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={100}>
      <LineChart data={rows} margin={MARGIN} title={label} accessibilityLayer={false}>
        <XAxis dataKey="step" type="number" domain={[window.from, window.to]} allowDataOverflow hide />
        <YAxis type="number" domain={[0, 1]} allowDataOverflow hide width={0} />
        <Line dataKey="raw" stroke="var(--quiet)" strokeWidth={1} dot={false} activeDot={false} isAnimationActive={false} />
        {lines.map(({ name, colour, dash, width }, i) => (
          <Line
            key={`${name} ${String(i)}`}
            name={name}
            dataKey={(row: StripRow) => row.values[i] ?? null}
            stroke={`var(${colour})`}
            strokeWidth={width}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        )).reverse()}
      </LineChart>
    </ResponsiveContainer>
  );
});
