import type { ReactNode } from 'react';
import { placeLabels, type Segment } from '../../charts/place_labels';
import { useWidth } from '../../charts/use_width';
import { strings } from '../../strings';
import { axesOf, frontierOf, type AxisPair, type TradePoint } from './tradeoff';
import css from './Tradeoff.module.css';

/** Around the square, for ticks and the axes' names. */
const EDGE = { left: 30, right: 12, top: 22, bottom: 36 };
const TICKS = [0, 25, 50, 75, 100];
/** Of 12 px text, for a first guess of its width. */
const LETTER = 6.4;
/** Who chooses a place for its name first. */
const ORDER: Readonly<Record<TradePoint['kind'], number>> = { fused: 0, expert: 1, tried: 2, model: 3 };

type Place = Segment['from'];

interface Props {
  readonly points: readonly TradePoint[];
  readonly pair: AxisPair;
  readonly title: string;
}

/** Scores from 0 to 100 on both axes; a cross is the two 95 % intervals, the line what nothing measured beats. */
export function TradeoffMap({ points, pair, title }: Props): ReactNode {
  const { tradeoff: texts, evaluate: { measures } } = strings;
  const { along, up } = axesOf(pair);
  const [box, width] = useWidth();
  return (
    <div ref={box} className={css['map']} role="img" aria-label={texts.spoken(title, String(points.length), measures[up].toLowerCase(), measures[along].toLowerCase())}>
      {width === 0 ? null : <Drawing points={points} pair={pair} side={width - EDGE.left - EDGE.right} />}
      {points.length === 0 ? <p className={css['empty']}>{texts.empty}</p> : null}
    </div>
  );
}

/** As wide as its frame, so that names keep their size. @param side px of the square */
function Drawing({ points, pair, side }: { readonly points: readonly TradePoint[]; readonly pair: AxisPair; readonly side: number }): ReactNode {
  const { tradeoff: texts, evaluate: { measures } } = strings;
  const { along, up } = axesOf(pair);
  const named = [...points].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  const place = (point: TradePoint): Place => at(point, side);
  const [best, tried] = [frontierOf(points), points.filter(({ kind }) => kind === 'tried')];
  const places = placeLabels(named.map((point) => ({ ...place(point), width: LETTER * point.name.length })), points.map(place), side, side, [
    ...segments(best.map(place)), ...segments(tried.map(place)),
  ]);
  return (
    <svg viewBox={[-EDGE.left, -EDGE.top, side + EDGE.left + EDGE.right, side + EDGE.top + EDGE.bottom].join(' ')} aria-hidden="true">
      {TICKS.map((tick) => (
        <g key={tick}>
          <path className={tick === 0 ? css['base'] : css['grid']} d={`M0 ${px(side * (1 - tick / 100))}H${String(side)}M${px((side * tick) / 100)} 0V${String(side)}`} />
          <text x={-6} y={side * (1 - tick / 100) + 4} textAnchor="end">{tick}</text>
          <text x={(side * tick) / 100} y={side + 16} textAnchor="middle">{tick}</text>
        </g>
      ))}
      <text className={css['axis']} data-expert={up} x={0} y={-10}>{texts.up(measures[up])}</text>
      <text className={css['axis']} data-expert={along} x={side} y={side + 32} textAnchor="end">{texts.along(measures[along])}</text>
      <path className={css['frontier']} d={line(best.map(place))} />
      <path className={css['way']} d={line(tried.map(place))} />
      {points.map((point) => <Cross key={point.key} point={point} side={side} />)}
      {points.map((point) => <Dot key={point.key} point={point} at={place(point)} last={point === tried.at(-1)} />)}
      {named.map((point, i) => {
        const name = places[i];
        if (name === undefined) return null;
        const { x, y } = place(point);
        const near = name.x > x ? name.x - 1 : Math.min(x, name.x + LETTER * point.name.length + 1);
        return (
          <g key={point.key} data-expert={point.expert}>
            {name.led ? <path className={css['lead']} d={`M${String(x)} ${String(y)}L${String(near)} ${String(name.y)}`} /> : null}
            <text className={css['name']} data-kind={point.kind} x={name.x} y={name.y + 4}>{point.name}</text>
          </g>
        );
      })}
    </svg>
  );
}

function Cross({ point: { along, up, expert, kind }, side }: { readonly point: TradePoint; readonly side: number }): ReactNode {
  const [left, right, x] = [along.low, along.high, along.value].map((share) => px(side * share));
  const [high, low, y] = [up.high, up.low, up.value].map((share) => px(side * (1 - share)));
  return <path className={css['cross']} data-expert={expert} data-kind={kind} d={`M${left ?? ''} ${y ?? ''}H${right ?? ''}M${x ?? ''} ${low ?? ''}V${high ?? ''}`} />;
}

function Dot({ point, at: { x, y }, last }: { readonly point: TradePoint; readonly at: Place; readonly last: boolean }): ReactNode {
  if (point.kind === 'tried') return <rect className={css['tried']} data-last={last} x={x - 3.5} y={y - 3.5} width={7} height={7} />;
  return <circle className={css['dot']} data-expert={point.expert} data-kind={point.kind} cx={x} cy={y} r={point.kind === 'fused' ? 6.5 : point.kind === 'expert' ? 5 : 4} />;
}

function at({ x, y }: TradePoint, side: number): Place {
  return { x: side * x, y: side * (1 - y) };
}

function px(value: number): string {
  return value.toFixed(1);
}

function line(points: readonly Place[]): string {
  return points.length < 2 ? '' : `M${points.map(({ x, y }) => `${px(x)} ${px(y)}`).join('L')}`;
}

/** A line through points, in its parts. */
function segments(points: readonly Place[]): readonly Segment[] {
  return points.slice(1).map((to, i) => ({ from: points[i] ?? to, to }));
}
