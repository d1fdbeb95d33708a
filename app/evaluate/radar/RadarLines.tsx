import type { ReactNode } from 'react';
import { radarPoint, type RadarAxis, type RadarFrame, type RadarLine } from './radar';
import css from './Radar.module.css';

interface Props {
  readonly lines: readonly RadarLine[];
  readonly axes: readonly RadarAxis[];
  readonly frame: RadarFrame;
}

const TICKS = [50, 100];

/** Grid and outlines; the axes' names stand around the drawing. */
export function RadarLines({ lines, axes, frame }: Props): ReactNode {
  const { width, height, x, y } = frame;
  const corners = axes.map((_, axis) => radarPoint(frame, axis, 100));
  return (
    <svg className={css['lines']} viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">
      {TICKS.map((tick) => <path key={tick} className={css['grid']} d={outline(axes.map((_, axis) => radarPoint(frame, axis, tick)))} />)}
      {corners.map((corner, axis) => <path key={axes[axis]?.measure} className={css['grid']} d={`M${px({ x, y })}L${px(corner)}`} />)}
      {TICKS.map((tick) => <text key={tick} x={x - 8} y={radarPoint(frame, 0, tick).y + 4} textAnchor="end">{tick}</text>)}
      {lines.map(({ model, colour, dash, width: thickness }, i) => {
        const points = axes.map(({ values }, axis) => radarPoint(frame, axis, values[i] ?? 0));
        return (
          <g key={model} data-model={model}>
            <path className={css['outline']} d={outline(points)} stroke={colour} strokeWidth={thickness} strokeDasharray={dash} />
            {points.map((point, axis) => <circle key={axes[axis]?.measure} cx={point.x} cy={point.y} r="3" fill={colour} />)}
          </g>
        );
      })}
    </svg>
  );
}

function outline(points: readonly { readonly x: number; readonly y: number }[]): string {
  return `M${points.map(px).join('L')}Z`;
}

function px({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
