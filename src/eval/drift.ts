import { weightOf, type HostModel } from '../fusion/assemble';
import { Refusal } from '../errors/refusal';
import { ffnNames } from '../formats/parameters';

/** How far one expert's FFN of one layer has moved; norms are Frobenius norms over gate, up and down together. */
export interface ExpertDrift {
  /** ‖W − W⁰‖: since assembly. */
  readonly moved: number;
  /** ‖W⁰ − W_base‖: what its alignment had changed. */
  readonly aligned: number;
  /** moved / aligned; 0 where nothing moved, infinite where an expert moved that had not been aligned. */
  readonly relative: number;
}

export interface DriftReport {
  /** (layers, E) */
  readonly byLayer: readonly (readonly ExpertDrift[])[];
  /** Over all layers: (E). */
  readonly byExpert: readonly ExpertDrift[];
}

const PROJECTIONS = ['gate', 'up', 'down'] as const;

/**
 * The drift of a fused model's experts: W is an expert of `fused`, W⁰ the FFN of the aligned model that it was assembled from,
 * W_base that of the base.
 * @throws Refusal 'mismatched-models' where a tensor is missing, or has another size.
 * @throws RangeError unless there is one aligned model for each expert.
 */
export function expertDrift(base: HostModel, aligned: readonly HostModel[], fused: HostModel): DriftReport {
  const { config } = fused;
  if (aligned.length !== config.experts) {
    throw new RangeError(`drift: ${aligned.length} aligned models for ${config.experts} experts`);
  }
  const squares = Array.from({ length: config.layers }, (_, layer) => aligned.map((expert, e) => {
    const sum = { moved: 0, aligned: 0 };
    const start = ffnNames(expert.config, layer, 0);
    const plain = ffnNames(base.config, layer, 0);
    const now = ffnNames(config, layer, e);
    for (const projection of PROJECTIONS) {
      const w0 = weightOf(expert, start[projection]).data;
      sum.moved += squaredDistance(fused, now[projection], w0);
      sum.aligned += squaredDistance(base, plain[projection], w0);
    }
    return sum;
  }));
  return {
    byLayer: squares.map((experts) => experts.map(driftOf)),
    byExpert: aligned.map((_, e) => driftOf(squares.reduce((sum, layer) => ({
      moved: sum.moved + (layer[e]?.moved ?? NaN), aligned: sum.aligned + (layer[e]?.aligned ?? NaN),
    }), { moved: 0, aligned: 0 }))),
  };
}

interface Squares {
  readonly moved: number;
  readonly aligned: number;
}

function driftOf(squares: Squares): ExpertDrift {
  const moved = Math.sqrt(squares.moved);
  const aligned = Math.sqrt(squares.aligned);
  return { moved, aligned, relative: moved === 0 ? 0 : moved / aligned };
}

function squaredDistance(model: HostModel, tensor: string, other: Float32Array): number {
  const { data } = weightOf(model, tensor);
  if (data.length !== other.length) {
    throw new Refusal('mismatched-models', {
      file: model.name, field: tensor, expected: `${other.length} values, as in the aligned model`, got: String(data.length),
      fix: 'give the models that it was fused from',
    });
  }
  let sum = 0;
  for (const [i, value] of data.entries()) sum += (value - (other[i] ?? NaN)) ** 2;
  return sum;
}
