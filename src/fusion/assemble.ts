import { Refusal } from '../errors/refusal';
import type { ModelConfig } from '../formats/hf_config';
import type { HostTensor } from '../formats/host_tensor';
import { ffnNames, parameterShapes } from '../formats/parameters';

/** A model in the computer's memory. */
export interface HostModel {
  /** How a person calls it; stands in refusals. */
  readonly name: string;
  readonly config: ModelConfig;
  /** By canonical name. */
  readonly weights: ReadonlyMap<string, HostTensor>;
}

/** Two halves of one base may differ by f16 rounding, not by training. */
const SAME_BASE = 2e-3;

/**
 * Every layer's FFN becomes E experts, expert i the FFN of aligned model i; attention, norms and embeddings come from the
 * base; the gates start as zeros, for routerInit to fill. (mission: "Assemble".)
 * @throws Refusal 'mismatched-models' where an aligned model has another shape, or other weights outside its FFN.
 */
export function assemble(
  base: HostModel, experts: readonly HostModel[], { topK, routing }: { readonly topK: number; readonly routing: ModelConfig['routing'] },
): HostModel {
  const dense = base.config;
  if (dense.experts > 1) throw mismatch(base.name, 'num_local_experts', 'a dense base', `${dense.experts} experts`);
  for (const expert of experts) requireSameBase(base, expert);
  if (topK < 1 || topK > experts.length) {
    throw new Refusal('bad-option', { file: 'recipe', field: 'top-k', expected: `a whole number from 1 to ${experts.length}, the number of experts`, got: String(topK), fix: 'lower it' });
  }
  const config: ModelConfig = { ...dense, experts: experts.length, topK, routing, expertNames: experts.map(({ name }) => name) };
  const weights = new Map<string, HostTensor>();
  for (const [name, shape] of parameterShapes(config)) {
    const shared = base.weights.get(name);
    weights.set(name, shared ?? { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
  }
  for (let layer = 0; layer < dense.layers; layer++) {
    const source = ffnNames(dense, layer, 0);
    experts.forEach((expert, i) => {
      const target = ffnNames(config, layer, i);
      for (const projection of ['gate', 'up', 'down'] as const) {
        weights.set(target[projection], weightOf(expert, source[projection]));
      }
    });
  }
  return { name: 'fused', config, weights };
}

export function weightOf({ name, weights }: HostModel, tensor: string): HostTensor {
  const found = weights.get(tensor);
  if (found === undefined) throw mismatch(name, tensor, 'the tensor', 'none');
  return found;
}

/** Throws a Refusal 'mismatched-models' where the two configurations give their tensors other shapes, or other sense. */
export function requireSameShapes(base: HostModel, expert: HostModel): void {
  for (const field of ['vocab', 'width', 'ffnWidth', 'layers', 'heads', 'kvHeads', 'headDim', 'ropeTheta', 'normEps', 'tied', 'experts'] as const) {
    if (base.config[field] !== expert.config[field]) {
      throw mismatch(expert.name, field, `${String(base.config[field])} as in ${base.name}`, String(expert.config[field]));
    }
  }
}

function requireSameBase(base: HostModel, expert: HostModel): void {
  requireSameShapes(base, expert);
  for (const [name, { data }] of base.weights) {
    if (name.includes('.mlp.')) continue;
    const other = weightOf(expert, name).data;
    let difference = 0;
    let norm = 0;
    data.forEach((value, i) => {
      difference += (value - (other[i] ?? NaN)) ** 2;
      norm += value ** 2;
    });
    const relative = Math.sqrt(difference / Math.max(norm, 1e-30));
    if (!(relative <= SAME_BASE)) {
      throw mismatch(expert.name, name, `the weights of ${base.name}, since only the FFN is aligned`, `a relative difference of ${relative.toPrecision(2)}`);
    }
  }
}

function mismatch(file: string, field: string, expected: string, got: string): Refusal {
  return new Refusal('mismatched-models', { file, field, expected, got, fix: 'fuse models that were aligned from one base' });
}
