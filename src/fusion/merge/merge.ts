import { Refusal } from '../../errors/refusal';
import { parameterShapes } from '../../formats/parameters';
import { Random } from '../../random/random';
import { requireSameShapes, weightOf, type HostModel } from '../assemble';
import { dropAndRescale } from './dare';
import { each, requireSettings, type MergeSettings } from './settings';
import { slerpCoefficients } from './slerp';
import { soup } from './soup';
import { addTo, taskVector, weightedSum } from './task_vectors';
import { ties, trimThreshold } from './ties';

/** One tensor of base and models becomes one, all row-major f32 of the same length. */
type TensorMerge = (base: Float32Array, models: readonly Float32Array[]) => Float32Array;

/**
 * One model of several that were aligned from one base, without a step of training. Only tensors that differ from the base in at
 * least one model are merged, and only they are the task vector; the others are the base's. A pure function: same input, same bits.
 * @throws Refusal 'mismatched-models' where a model has another shape than the base, 'bad-option' where settings do not fit the models,
 * 'not-finite' where a scaled sum leaves f32.
 */
export function merge(base: HostModel, models: readonly HostModel[], settings: MergeSettings): HostModel {
  for (const model of models) requireSameShapes(base, model);
  requireSettings(settings, models.length);
  const merged = mergedTensors(base, models);
  const mergeTensor = tensorMerge(settings, base, models, merged);
  const weights = new Map([...parameterShapes(base.config)].map(([name, shape]) => {
    const own = weightOf(base, name);
    if (!merged.includes(name)) return [name, own];
    const data = mergeTensor(own.data, models.map((model) => weightOf(model, name).data));
    requireFinite(data, name);
    return [name, { shape, data }];
  }));
  return { name: 'merged', config: base.config, weights };
}

/** Names of the tensors in which at least one model differs from the base, in the model's order. */
function mergedTensors(base: HostModel, models: readonly HostModel[]): readonly string[] {
  return [...parameterShapes(base.config).keys()].filter((name) => {
    const { data } = weightOf(base, name);
    return models.some((model) => {
      const other = weightOf(model, name).data;
      return other !== data && !data.every((value, i) => value === other[i]);
    });
  });
}

function tensorMerge(settings: MergeSettings, base: HostModel, models: readonly HostModel[], merged: readonly string[]): TensorMerge {
  const count = models.length;
  switch (settings.method) {
    case 'soup':
      return (_, tensors) => soup(tensors);
    case 'task-arithmetic':
      return onTaskVectors((taus) => weightedSum(taus, each(settings.scales, count)));
    case 'ties': {
      const thresholds = models.map((model) =>
        trimThreshold(merged.map((name) => taskVector(weightOf(model, name).data, weightOf(base, name).data)), settings.density));
      return onTaskVectors((taus) => ties(taus, thresholds, settings.scale));
    }
    case 'dare': {
      // One stream for all, drawn tensor after tensor and in it model after model.
      const random = new Random(settings.seed);
      const { drop, scales } = settings;
      return onTaskVectors((taus) => weightedSum(taus.map((tau) => dropAndRescale(tau, drop, random)), each(scales, count)));
    }
    case 'slerp': {
      const weights = each(settings.weights, count);
      const sum = weights.reduce((a, b) => a + b, 0);
      return onTaskVectors((taus) => weightedSum(taus, slerpCoefficients(taus, weights.map((weight) => weight / sum))));
    }
    default:
      return settings satisfies never;
  }
}

/** A merge that adds to the base what it makes of the task vectors. */
function onTaskVectors(delta: (taus: readonly Float64Array[]) => Float64Array): TensorMerge {
  return (base, models) => addTo(base, delta(models.map((model) => taskVector(model, base))));
}

function requireFinite(data: Float32Array, name: string): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new Refusal('not-finite', {
    file: 'merge', field: `${name}[${at}]`, expected: 'finite weights', got: String(data[at]), fix: 'lower the scales',
  });
}
