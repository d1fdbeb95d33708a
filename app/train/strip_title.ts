import { trend } from '../charts/smooth';
import { fixed } from '../format';
import { EXPERTS } from '../../src/engine/protocol';
import { strings } from '../strings';
import type { StripId } from './measures';

/** Per cent of the work from which one expert does most of it, and below which it is hardly called; all above this share it. */
const MOST = 55;
const HARDLY = 5;
const SHARED = 20;

/**
 * A sentence that is true of the newest values; the plain name where none is.
 * @param raw as reported, smoothed as drawn: one column, or one an expert
 */
export function titleOf(id: StripId, raw: readonly Float32Array[], smoothed: readonly Float32Array[], count: number): string {
  const { strips } = strings.train;
  const last = smoothed.map((column) => column[count - 1] ?? Number.NaN);
  switch (id) {
    case 'lm': case 'gate': case 'loss': case 'entropy': case 'gradientNorm': {
      const direction = raw[0] === undefined ? undefined : trend(raw[0], count);
      return direction === undefined ? strips[id].plain : strips[id][direction];
    }
    case 'drift': return driftTitle(last);
    case 'load': return loadTitle(last);
    case 'accuracy': {
      const [right = Number.NaN] = last;
      return Number.isFinite(right) ? strips.accuracy.right(fixed(right, 0)) : strips.accuracy.plain;
    }
    case 'learningRate': case 'tokensPerSecond': return strips[id].plain;
    default: return id satisfies never;
  }
}

/** Names the expert that is ahead by at least a tenth. */
function driftTitle(last: readonly number[]): string {
  const { drift } = strings.train.strips;
  const order = last.map((value, e) => ({ value, e })).sort((a, b) => b.value - a.value);
  const [first, second] = order;
  const name = first === undefined ? undefined : EXPERTS[first.e];
  if (name === undefined || first === undefined || second === undefined || !(first.value > 1.1 * second.value)) return drift.plain;
  return drift.furthest(strings.models[name]);
}

function loadTitle(last: readonly number[]): string {
  const { load } = strings.train.strips;
  const name = (e: number): string => strings.models[EXPERTS[e] ?? 'helpful'];
  const most = last.findIndex((share) => share >= MOST);
  if (most >= 0) return load.most(name(most));
  const idle = last.findIndex((share) => share < HARDLY);
  if (idle >= 0) return load.idle(name(idle));
  return last.length > 0 && last.every((share) => share >= SHARED) ? load.shared : load.plain;
}
