import { useMemo, type ReactNode } from 'react';
import type { DriftMap } from '../../../src/engine/evaluation';
import { placeLabels } from '../../charts/place_labels';
import { strings } from '../../strings';
import { mapPicture, mapTitle, type MapPoint } from './map_points';
import css from './DriftMap.module.css';

const WIDTH = 340;
const HEIGHT = 280;
const LETTER = 6.4;
const RADIUS: Readonly<Record<MapPoint['role'], number>> = { base: 4.5, expert: 5, fused: 6, merge: 2.5 };
const ORDER: Readonly<Record<MapPoint['role'], number>> = { fused: 0, expert: 1, base: 2, merge: 3 };

/** Every model three times, once for each kind of prompt. */
export function MapPicture({ map }: { readonly map: DriftMap }): ReactNode {
  const { points, cloud, ways } = useMemo(() => mapPicture(map, WIDTH, HEIGHT), [map]);
  const named = useMemo(() => points.filter(({ label }) => label !== '').sort((a, b) => ORDER[a.role] - ORDER[b.role]), [points]);
  const places = useMemo(() => placeLabels(named.map(({ x, y, label }) => ({ x, y, width: LETTER * label.length })), points, WIDTH, HEIGHT), [named, points]);
  const names = map.models.map(({ model }) => strings.models[model]).join(', ');
  return (
    <div className={css['map']} role="img" aria-label={strings.driftMap.spoken(mapTitle(map), names)}>
      <svg viewBox={`-6 -6 ${String(WIDTH + 12)} ${String(HEIGHT + 12)}`} aria-hidden="true">
        {cloud.map(([x, y], i) => <circle key={i} className={css['prompt']} cx={x.toFixed(1)} cy={y.toFixed(1)} r="1.6" />)}
        {ways.map(({ key, from, to }) => (
          <path key={key} className={css['way']} data-role={to.role} data-expert={to.expert} d={`M${px(from)}L${px(to)}`} />
        ))}
        {points.map(({ key, x, y, role, expert }) => <circle key={key} className={css['point']} data-role={role} data-expert={expert} cx={x} cy={y} r={RADIUS[role]} />)}
        {named.map((point, i) => {
          const place = places[i];
          if (place === undefined) return null;
          return (
            <g key={point.key} data-expert={point.expert}>
              {place.led ? <path className={css['lead']} d={`M${px(point)}L${px(place)}`} /> : null}
              <text className={css['name']} data-role={point.role} x={place.x} y={place.y + 4}>{point.label}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function px({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
