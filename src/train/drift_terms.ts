import type { Recorder } from '../gpu/recorder';
import type { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { drift, type Drift } from '../kernels/drift/drift';
import { loraDrift } from '../kernels/drift/lora_drift';
import { PROJECTIONS, projectionSize, type Projection } from '../model/parameters';
import type { ParameterStore } from '../model/store';

export interface DriftTerms {
  /** ‖W − W⁰‖² by parameter and expert, (P, E); absent where no expert trains. */
  readonly value: Tensor | undefined;
  /** Remembers where the experts stand now: the start of fusion. */
  start(): void;
  /** γ per expert, for later submits. */
  setGammas(gammas: readonly number[]): void;
  /** Measures the drift and adds 2γ(W − W⁰) to the gradients. */
  record(recorder: Recorder): void;
  /** Squared distance per expert, over all layers and projections. */
  read(value: Float32Array): number[];
}

const NO_DRIFT: DriftTerms = {
  value: undefined, start: () => undefined, setGammas: () => undefined, record: () => undefined, read: () => [],
};

/** How far each expert has moved: the regularisation that keeps an expert near where it was aligned. */
export function driftTerms(scope: Scope, store: ParameterStore): DriftTerms {
  const { config: { experts: E, layers }, policy: { ffn } } = store;
  if (E === 1 || ffn.kind === 'frozen') return NO_DRIFT;
  const value = scope.tensor('drift', [layers * PROJECTIONS.length, E]);
  const terms: { op: Drift; weight: Tensor; start?: Tensor }[] = [];
  const term = (layer: number, projection: Projection, row: number): (typeof terms)[number] => {
    const key = `layers.${layer}.ffn.${projection}`;
    const { weight, grad, spec } = store.get(key);
    const { O, I } = projectionSize(store.config, projection);
    const a = store.find(`${key}.lora_a`);
    const b = store.find(`${key}.lora_b`);
    if (ffn.kind === 'lora' && a?.grad && b?.grad) {
      const adapters = { loraA: a.weight, loraB: b.weight, dloraA: a.grad, dloraB: b.grad, value };
      return { op: loraDrift(scope, adapters, { E, rank: ffn.rank, O, I, scale: ffn.alpha / ffn.rank, row }), weight };
    }
    const start = scope.tensor(`start of ${key}`, spec.shape);
    return { op: drift(scope, { weight, start, ...(grad ? { dweight: grad } : {}), value }, { E, n: O * I, row }), weight, start };
  };
  for (let layer = 0; layer < layers; layer++) for (const projection of PROJECTIONS) terms.push(term(layer, projection, terms.length));
  let current: readonly number[] = [];
  return {
    value,
    start: () => {
      scope.gpu.run('start of drift', (r) => { for (const { weight, start } of terms) if (start) r.copy(weight, start); });
    },
    setGammas: (gammas) => {
      for (let e = 0; e < E; e++) {
        const gamma = gammas[e] ?? 0;
        if (gamma !== (current[e] ?? 0)) for (const { op } of terms) op.setGamma(e, gamma);
      }
      current = [...gammas];
    },
    record: (r) => {
      for (const { op } of terms) op.forward(r);
      for (const { op } of terms) op.backward(r);
    },
    read: (values) => Array.from({ length: E }, (_, e) => values.reduce((sum, square, i) => (i % E === e ? sum + square : sum), 0)),
  };
}
