import { memo, type ReactNode } from 'react';
import { PolarAngleAxis, PolarGrid, PolarRadiusAxis, Radar, RadarChart, ResponsiveContainer } from 'recharts';
import type { RadarAxis, RadarLine } from './radar';

interface Props {
  readonly lines: readonly RadarLine[];
  readonly axes: readonly RadarAxis[];
}

const TICKS = [0, 50, 100];

/** The outlines alone; names of the axes stand in the frame around them. Loaded lazily. */
export default memo(function RadarLines({ lines, axes }: Props): ReactNode {
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={100}>
      <RadarChart data={axes} outerRadius="92%" accessibilityLayer={false} cy="64%" startAngle={90} endAngle={-270}>
        <PolarGrid stroke="var(--rule)" gridType="polygon" />
        <PolarAngleAxis dataKey="name" tick={false} axisLine={false} />
        <PolarRadiusAxis domain={[0, 100]} ticks={TICKS} angle={90} axisLine={{ stroke: 'var(--edge)' }} tick={{ fill: 'var(--ink-3)', fontSize: 12 }} />
        {lines.map(({ model, name, colour, dash, width }, i) => (
          <Radar
            key={model}
            name={name}
            dataKey={(axis: RadarAxis) => axis.values[i] ?? 0}
            stroke={colour}
            strokeWidth={width}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            fill="none"
            dot={{ r: 3, fill: colour, strokeDasharray: 'none' }}
            isAnimationActive={false}
          />
        ))}
      </RadarChart>
    </ResponsiveContainer>
  );
});
