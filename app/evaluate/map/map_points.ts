import type { DriftMap, MapPlace, MappedModel } from '../../../src/engine/evaluation';
import { EXPERTS, type ExpertId } from '../../../src/engine/protocol';
import { strings } from '../../strings';
import { expertOf } from '../rows';

/** One model's place for one kind of prompt, in px. */
export interface MapPoint {
  readonly key: string;
  readonly model: MappedModel['model'];
  readonly kind: ExpertId;
  readonly x: number;
  readonly y: number;
  readonly role: 'base' | 'expert' | 'fused' | 'merge';
  readonly expert: ExpertId | undefined;
  /** What is written beside it; beside merges nothing, but for one that the title names. */
  readonly label: string;
}

export interface MapPicture {
  readonly points: readonly MapPoint[];
  readonly cloud: readonly MapPlace[];
  /** From the base to a model, for one kind. */
  readonly ways: readonly { readonly key: string; readonly from: MapPoint; readonly to: MapPoint }[];
}

const AHEAD = 1.1;

/** Room around the models, as a share of the picture on each side. */
const ROOM = 0.12;

/**
 * Models on a picture of so many px: one scale for both axes, so that distances are true; the second axis upward. Prompts spread
 * far wider than models: those beyond the picture are left out.
 */
export function mapPicture({ models, cloud }: Pick<DriftMap, 'models' | 'cloud'>, width: number, height: number): MapPicture {
  const all = models.flatMap(({ places }) => places);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (1 - 2 * ROOM) * Math.min(width / Math.max(right - left, 1e-12), height / Math.max(high - low, 1e-12));
  const at = ([x, y]: MapPlace): MapPlace => [width / 2 + scale * (x - (left + right) / 2), height / 2 - scale * (y - (low + high) / 2)];
  const named = furthest(models);
  const points = models.flatMap(({ model, places }) => EXPERTS.map((kind, k): MapPoint => {
    const [x, y] = at(places[k] ?? [NaN, NaN]);
    const expert = expertOf(model);
    const role = model === 'base' || model === 'fused' ? model : expert === undefined ? 'merge' : 'expert';
    const label = role === 'base' ? strings.driftMap.kind(strings.models[kind]) : expert !== undefined ? strings.tiles[expert] : role === 'fused' || model === named ? strings.models[model] : '';
    return { key: `${model} ${kind}`, model, kind, x, y, role, expert, label };
  }));
  const ways = EXPERTS.flatMap((kind) => {
    const from = points.find((point) => point.role === 'base' && point.kind === kind);
    return from === undefined ? [] : points.filter((point) => point.kind === kind && (point.role === 'expert' || point.role === 'fused')).map((to) => ({ key: to.key, from, to }));
  });
  return { points, cloud: cloud.flat().map(at).filter(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height), ways };
}

/** Names the model that is ahead. */
export function mapTitle({ models }: Pick<DriftMap, 'models'>): string {
  const { title } = strings.driftMap;
  const named = furthest(models);
  return named === undefined ? title.plain : title.furthest(strings.models[named]);
}

/** Who is ahead by at least a tenth, measured in all dimensions. */
function furthest(models: DriftMap['models']): MappedModel['model'] | undefined {
  const [first, second] = [...models].sort((a, b) => b.distance - a.distance);
  return first !== undefined && first.distance > AHEAD * (second?.distance ?? 0) ? first.model : undefined;
}
