import type { Recorder } from '../gpu/recorder';
import type { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { drift, loraDrift, type Drift } from '../kernels/drift/drift';
import { PROJECTIONS } from '../model/parameters';
import type { ParameterStore } from '../model/store';

export interface DriftTerms {
  /** One tensor (E) per expert projection and layer; none where no expert trains. */
  readonly values: readonly Tensor[];
  /** Remembers where the experts stand now: the start of fusion. */
  start(): void;
  setGammas(gammas: readonly number[]): void;
  /** Adds 2γ(W − W⁰) to the gradients and measures ‖W − W⁰‖². */
  record(recorder: Recorder): void;
  /** Squared distance per expert, over all layers and projections. */
  read(values: readonly Float32Array[]): number[];
}

/** How far each expert has moved: the regularisation that keeps an expert near where it was aligned. */
export function driftTerms(scope: Scope, store: ParameterStore): DriftTerms {
  const { config: { experts: E, layers }, policy: { ffn } } = store;
  const terms: { op: Drift; value: Tensor; weight?: Tensor; start?: Tensor }[] = [];
  for (let layer = 0; E > 1 && layer < layers; layer++) {
    for (const projection of PROJECTIONS) {
      const key = `layers.${layer}.ffn.${projection}`;
      const { weight, grad, spec } = store.get(key);
      const value = scope.tensor(`drift ${key}`, [E]);
      const a = store.find(`${key}.lora_a`);
      const b = store.find(`${key}.lora_b`);
      if (ffn.kind === 'lora' && a?.grad && b?.grad) {
        const [, O = 1, I = 1] = spec.shape;
        const op = loraDrift(scope, { a: a.weight, b: b.weight, da: a.grad, db: b.grad, value }, { E, rank: ffn.rank, O, I, scale: ffn.alpha / ffn.rank });
        terms.push({ op, value });
      } else if (grad) {
        const start = scope.tensor(`start ${key}`, spec.shape);
        const n = spec.shape.slice(1).reduce((x, y) => x * y, 1);
        terms.push({ op: drift(scope, { weight, start, dweight: grad, value }, { E, n }), value, weight, start });
      }
    }
  }
  return {
    values: terms.map(({ value }) => value),
    start: () => {
      scope.gpu.run('drift start', (r) => { for (const { weight, start } of terms) if (weight && start) r.copy(weight, start); });
    },
    setGammas: (gammas) => {
      for (const { op } of terms) for (let e = 0; e < E; e++) op.setGamma(e, gammas[e] ?? 0);
    },
    record: (r) => { for (const { op } of terms) op.backward(r); },
    read: (values) => (values.length === 0 ? [] : Array.from({ length: E }, (_, e) => values.reduce((sum, value) => sum + (value[e] ?? 0), 0))),
  };
}
