import { memo, type ReactNode } from 'react';
import { Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Scale } from './scale';
import type { LineStyle, StripRow } from './strip_row';

interface Props {
  readonly rows: readonly StripRow[];
  readonly scale: Scale;
  readonly total: number;
  readonly lines: readonly LineStyle[];
  readonly label: string;
}

const MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };

/**
 * The lines of one strip, and nothing else: axis, labels and crosshair belong to the frame around it, whose moves do not
 * draw the lines anew. Loaded lazily.
 */
export default memo(function StripLines({ rows, scale, total, lines, label }: Props): ReactNode {
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={100}>
      <LineChart data={rows} margin={MARGIN} title={label} accessibilityLayer={false}>
        <XAxis dataKey="step" type="number" domain={[0, total]} allowDataOverflow hide />
        <YAxis type="number" domain={[scale.min, scale.max]} allowDataOverflow hide width={0} />
        <Line dataKey="raw" stroke="var(--quiet)" strokeWidth={1} dot={false} activeDot={false} isAnimationActive={false} />
        {lines.map(({ name, colour, dash }, i) => (
          <Line
            key={name}
            name={name}
            dataKey={(row: StripRow) => row.values[i] ?? null}
            stroke={colour}
            strokeWidth={2}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
});
