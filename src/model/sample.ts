import type { Random } from '../random/random';

export interface Sampling {
  /** 0 is greedy. */
  readonly temperature: number;
  /** Keeps the smallest set of tokens whose probability reaches this; 1 keeps all. */
  readonly topP: number;
}

/** Index of the largest value, ties to the lowest. */
export function argmax(values: Float32Array | Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? -Infinity) > (values[best] ?? -Infinity)) best = i;
  return best;
}

/** Draws a token: softmax at a temperature, restricted to the nucleus (Holtzman et al., arXiv 1904.09751). */
export function sample(logits: Float32Array, { temperature, topP }: Sampling, random: Random): number {
  if (temperature <= 0) return argmax(logits);
  const largest = logits[argmax(logits)] ?? 0;
  const ranked = Array.from(logits, (logit, id) => ({ id, weight: Math.exp((logit - largest) / temperature) }));
  ranked.sort((a, b) => b.weight - a.weight || a.id - b.id);
  const total = ranked.reduce((sum, { weight }) => sum + weight, 0);
  let nucleus = 0;
  let size = 0;
  while (size < ranked.length && (size === 0 || nucleus < topP * total)) {
    nucleus += ranked[size]?.weight ?? 0;
    size += 1;
  }
  let left = random.uniform() * nucleus;
  for (const { id, weight } of ranked.slice(0, size)) {
    left -= weight;
    if (left < 0) return id;
  }
  return ranked[size - 1]?.id ?? 0;
}
