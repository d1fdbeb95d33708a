import { logSoftmax } from './divergence';

export interface NextToken {
  readonly id: number;
  readonly probability: number;
}

/** The `count` most probable next tokens of logits (V) at temperature 1, in falling order, ties to the lowest id. In float64. */
export function nextTokens(logits: ArrayLike<number>, count: number): readonly NextToken[] {
  const ln = logSoftmax(logits);
  const order = [...ln.keys()].sort((a, b) => (ln[b] ?? NaN) - (ln[a] ?? NaN) || a - b);
  return order.slice(0, count).map((id) => ({ id, probability: Math.exp(ln[id] ?? NaN) }));
}

/** ln p of one token, in nats. */
export function logProbability(logits: ArrayLike<number>, id: number): number {
  return logSoftmax(logits)[id] ?? NaN;
}
