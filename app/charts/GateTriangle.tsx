import type { ReactNode } from 'react';
import { CORNERS, HEIGHT, place, quarterTicks, WIDTH } from './gate_triangle';
import css from './GateTriangle.module.css';

/** One word's gate: probabilities before top-k, shares after it. Three of each. */
export interface GatePoint {
  readonly key: number;
  readonly probabilities: readonly number[];
  readonly shares: readonly number[];
}

interface Props {
  /** The last one is the word of now; those before it fade. */
  readonly points: readonly GatePoint[];
  readonly experts: readonly string[];
  readonly names: readonly string[];
  /** Written under the corners' names. */
  readonly values: readonly string[];
  /** The picture in words. */
  readonly label: string;
}

const TICK = 7;
const MARGIN = 12;

/** Three experts make every gate a point in a triangle; what top-2 keeps lies on an edge. */
export function GateTriangle({ points, experts, names, values, label }: Props): ReactNode {
  const middle = place([1, 1, 1]);
  const box = [-MARGIN, -MARGIN, WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN].join(' ');
  return (
    <div className={css['triangle']} role="img" aria-label={label}>
      {experts.map((expert, i) => (
        <p key={expert} className={css['corner']} data-expert={expert} data-corner={i} aria-hidden="true">
          <strong>{names[i]}</strong>
          {values.length === 0 ? null : <span>{values[i]}</span>}
        </p>
      ))}
      <svg viewBox={box} aria-hidden="true">
        {CORNERS.map((corner) => <path key={corner.x} className={css['median']} d={line(middle, corner)} />)}
        {quarterTicks(TICK).map(([from, to]) => <path key={`${String(from.x)} ${String(from.y)}`} className={css['tick']} d={line(from, to)} />)}
        <path className={css['side']} d={`M${CORNERS.map(({ x, y }) => `${String(x)} ${String(y)}`).join('L')}Z`} />
        {points.map((point, i) => <Gate key={point.key} point={point} experts={experts} age={points.length - 1 - i} />)}
      </svg>
    </div>
  );
}

/** An open ring for the probabilities, a filled dot for the shares, in the colour of the expert with the largest share. */
function Gate({ point: { probabilities, shares }, experts, age }: {
  readonly point: GatePoint;
  readonly experts: readonly string[];
  readonly age: number;
}): ReactNode {
  const ring = place(probabilities);
  const dot = place(shares);
  const winner = experts[shares.indexOf(Math.max(...shares))];
  const now = age === 0;
  return (
    <g data-expert={winner} className={css['gate']} data-now={now} style={{ '--age': age } as React.CSSProperties}>
      {now ? <path className={css['snap']} d={line(ring, dot)} /> : null}
      <circle className={css['ring']} r={now ? 6 : 3.5} style={{ transform: `translate(${String(ring.x)}px, ${String(ring.y)}px)` }} />
      <circle className={css['dot']} r={now ? 9 : 4.5} style={{ transform: `translate(${String(dot.x)}px, ${String(dot.y)}px)` }} />
    </g>
  );
}

function line(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): string {
  return `M${String(from.x)} ${String(from.y)}L${String(to.x)} ${String(to.y)}`;
}
