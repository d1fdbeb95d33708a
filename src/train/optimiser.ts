import type { Scope } from '../gpu/scope';
import type { Recorder } from '../gpu/recorder';
import type { Tensor } from '../gpu/tensor';
import { adamw, type Adamw, type Segment } from '../kernels/adamw/adamw';
import { gradientNorm } from '../kernels/gradient_norm/gradient_norm';
import type { FlatStorage, Parameter, ParameterStore } from '../model/store';
import type { TrainingRecipe } from './recipe';

export interface Optimiser {
  /** [norm, scale, finite, applied steps] of the last step. */
  readonly state: Tensor;
  setLearningRate(learningRate: number): void;
  /** Norm, clipping and AdamW, over all that trains or over the routers alone. */
  record(recorder: Recorder, what: 'everything' | 'router'): void;
}

/** One optimiser over the flat storage: nothing is applied when a gradient is not finite. */
export function optimiser(scope: Scope, store: ParameterStore, flat: FlatStorage, recipe: TrainingRecipe): Optimiser {
  const { weight, grad, m, v, size } = flat;
  const state = scope.tensor('optimiser state', [4]);
  const norm = gradientNorm(scope, { grads: grad, state }, { n: size, maxNorm: recipe.clip });
  const make = (chosen: readonly Parameter[]): Adamw => adamw(scope, { weight, grad, m, v, state }, {
    segments: segmentsOf(chosen, recipe.weightDecay), beta1: recipe.beta1, beta2: recipe.beta2, eps: 1e-8,
  });
  const all = store.trainable();
  const routers = all.filter(({ spec }) => spec.role === 'router');
  const steps = { everything: make(all), router: routers.length > 0 ? make(routers) : undefined };
  return {
    state,
    setLearningRate: (learningRate) => {
      steps.everything.setLearningRate(learningRate);
      steps.router?.setLearningRate(learningRate);
    },
    record: (recorder, what) => {
      norm.record(recorder);
      steps[what]?.record(recorder);
    },
  };
}

/** Neighbours with one decay become one segment, the padding between them included: it is zero and stays zero. */
function segmentsOf(parameters: readonly Parameter[], weightDecay: number): Segment[] {
  const segments: { start: number; count: number; learningRateScale: number; weightDecay: number; next: number }[] = [];
  for (const { spec, start = 0 } of parameters) {
    const count = spec.shape.reduce((a, b) => a * b, 1);
    const next = start + Math.ceil(count / 64) * 64;
    const decay = spec.role === 'norm' ? 0 : weightDecay;
    const last = segments.at(-1);
    if (last?.next === start && last.weightDecay === decay) {
      last.count = start + count - last.start;
      last.next = next;
    } else {
      segments.push({ start, count, learningRateScale: 1, weightDecay: decay, next });
    }
  }
  return segments.map(({ start, count, learningRateScale, weightDecay: decay }) => ({ start, count, learningRateScale, weightDecay: decay }));
}
