import type { ReactNode } from 'react';
import { placeLabels } from '../../charts/place_labels';
import { strings } from '../../strings';
import { axesOf, frontierOf, type AxisPair, type TradePoint } from './tradeoff';
import css from './Tradeoff.module.css';

const SIDE = 300;
const TICKS = [0, 25, 50, 75, 100];
/** Of 12 px text, for a first guess of its width. */
const LETTER = 6.4;
/** Who chooses a place for its name first. */
const ORDER: Readonly<Record<TradePoint['kind'], number>> = { fused: 0, expert: 1, tried: 2, model: 3 };

interface Props {
  readonly points: readonly TradePoint[];
  readonly pair: AxisPair;
  readonly title: string;
}

/** Scores from 0 to 100 on both axes; a cross is the two 95 % intervals, the line what nothing measured beats. */
export function TradeoffMap({ points, pair, title }: Props): ReactNode {
  const { tradeoff: texts, evaluate: { measures } } = strings;
  const { along, up } = axesOf(pair);
  const named = [...points].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  const places = placeLabels(named.map((point) => ({ ...at(point), width: LETTER * point.name.length })), points.map(at), SIDE, SIDE);
  const tried = points.filter(({ kind }) => kind === 'tried');
  return (
    <div className={css['map']} role="img" aria-label={texts.spoken(title, String(points.length), measures[up].toLowerCase(), measures[along].toLowerCase())}>
      <svg viewBox={`-30 -22 ${String(SIDE + 40)} ${String(SIDE + 58)}`} aria-hidden="true">
        {TICKS.map((tick) => (
          <g key={tick}>
            <path className={tick === 0 ? css['base'] : css['grid']} d={`M0 ${px(1 - tick / 100)}H${String(SIDE)}M${px(tick / 100)} 0V${String(SIDE)}`} />
            <text x={-6} y={SIDE * (1 - tick / 100) + 4} textAnchor="end">{tick}</text>
            <text x={(SIDE * tick) / 100} y={SIDE + 16} textAnchor="middle">{tick}</text>
          </g>
        ))}
        <text className={css['axis']} data-expert={up} x={0} y={-10}>{texts.up(measures[up])}</text>
        <text className={css['axis']} data-expert={along} x={SIDE} y={SIDE + 32} textAnchor="end">{texts.along(measures[along])}</text>
        <path className={css['frontier']} d={line(frontierOf(points))} />
        <path className={css['way']} d={line(tried)} />
        {points.map((point) => <Cross key={point.key} point={point} />)}
        {points.map((point) => <Dot key={point.key} point={point} last={point === tried.at(-1)} />)}
        {named.map((point, i) => {
          const place = places[i];
          if (place === undefined) return null;
          const { x, y } = at(point);
          const near = place.x > x ? place.x - 1 : Math.min(x, place.x + LETTER * point.name.length + 1);
          return (
            <g key={point.key} data-expert={point.expert}>
              {place.led ? <path className={css['lead']} d={`M${String(x)} ${String(y)}L${String(near)} ${String(place.y)}`} /> : null}
              <text className={css['name']} data-kind={point.kind} x={place.x} y={place.y + 4}>{point.name}</text>
            </g>
          );
        })}
      </svg>
      {points.length === 0 ? <p className={css['empty']}>{texts.empty}</p> : null}
    </div>
  );
}

function Cross({ point: { along, up, expert, kind } }: { readonly point: TradePoint }): ReactNode {
  const d = `M${px(along.low)} ${px(1 - up.value)}H${px(along.high)}M${px(along.value)} ${px(1 - up.low)}V${px(1 - up.high)}`;
  return <path className={css['cross']} data-expert={expert} data-kind={kind} d={d} />;
}

function Dot({ point, last }: { readonly point: TradePoint; readonly last: boolean }): ReactNode {
  const { x, y } = at(point);
  if (point.kind === 'tried') return <rect className={css['tried']} data-last={last} x={x - 3.5} y={y - 3.5} width={7} height={7} />;
  return <circle className={css['dot']} data-expert={point.expert} data-kind={point.kind} cx={x} cy={y} r={point.kind === 'fused' ? 6.5 : point.kind === 'expert' ? 5 : 4} />;
}

function at({ x, y }: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number } {
  return { x: SIDE * x, y: SIDE * (1 - y) };
}

function px(share: number): string {
  return (SIDE * share).toFixed(1);
}

function line(points: readonly TradePoint[]): string {
  return points.length < 2 ? '' : `M${points.map((point) => `${px(point.x)} ${px(1 - point.y)}`).join('L')}`;
}
