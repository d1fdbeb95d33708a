import { useMemo, type ReactNode } from 'react';
import type { DriftMap } from '../../../src/engine/evaluation';
import { placeLabels } from '../../charts/place_labels';
import { useWidth } from '../../charts/use_width';
import { strings } from '../../strings';
import { mapPicture, mapTitle, type MapPoint } from './map_points';
import css from './DriftMap.module.css';

/** Around the picture, for what stands on its edge. */
const EDGE = 6;
const HIGH = 0.8;
/** Of 12 px text, for a first guess of its width. */
const LETTER = 6.4;
const RADIUS: Readonly<Record<MapPoint['role'], number>> = { base: 4.5, expert: 5, fused: 6, merge: 2.5 };
const ORDER: Readonly<Record<MapPoint['role'], number>> = { fused: 0, expert: 1, base: 2, merge: 3 };

/** Every model three times, once for each kind of prompt. */
export function MapPicture({ map }: { readonly map: DriftMap }): ReactNode {
  const [box, width] = useWidth();
  const names = map.models.map(({ model }) => strings.models[model]).join(', ');
  return (
    <div ref={box} className={css['map']} role="img" aria-label={strings.driftMap.spoken(mapTitle(map), names)}>
      {width === 0 ? null : <Drawing map={map} width={width - 2 * EDGE} height={Math.round(HIGH * width) - 2 * EDGE} />}
    </div>
  );
}

/** As wide as its frame, so that names keep their size. */
function Drawing({ map, width, height }: { readonly map: DriftMap; readonly width: number; readonly height: number }): ReactNode {
  const { points, cloud, ways } = useMemo(() => mapPicture(map, width, height), [map, width, height]);
  const named = useMemo(() => points.filter(({ label }) => label !== '').sort((a, b) => ORDER[a.role] - ORDER[b.role]), [points]);
  const places = useMemo(
    () => placeLabels(named.map(({ x, y, label }) => ({ x, y, width: LETTER * label.length })), points, width, height, ways),
    [named, points, width, height, ways],
  );
  return (
    <svg viewBox={[-EDGE, -EDGE, width + 2 * EDGE, height + 2 * EDGE].join(' ')} aria-hidden="true">
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
  );
}

function px({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
