import { EXPERTS, type ExpertId, type RouterIntervention } from '../../src/engine/protocol';

/** What a visitor does to the router of the fused model; the neutral one leaves it as it was trained. */
export interface Steps {
  readonly muted: readonly ExpertId[];
  /** All others are muted; it goes before `muted`. */
  readonly forced: ExpertId | undefined;
  /** Added to the logits. */
  readonly bias: Readonly<Record<ExpertId, number>>;
  /** Divides the logits. */
  readonly temperature: number;
  /** Experts a token is sent to; undefined as trained. */
  readonly topK: number | undefined;
  /** The one layer where it acts, from 1; undefined: all. */
  readonly layer: number | undefined;
}

export const NEUTRAL: Steps = {
  muted: [], forced: undefined, bias: { helpful: 0, harmless: 0, honest: 0 }, temperature: 1, topK: undefined, layer: undefined,
};
export const BIAS = { min: -6, max: 6, step: 0.5 } as const;
export const TEMPERATURE = { min: 0.1, max: 4, step: 0.1 } as const;

/** It changes nothing, wherever it acts. */
export function isNeutral({ muted, forced, bias, temperature, topK }: Steps): boolean {
  return muted.length === 0 && forced === undefined && temperature === 1 && topK === undefined && EXPERTS.every((expert) => bias[expert] === 0);
}

/** As the engine takes it. */
export function interventionOf({ muted, forced, bias, temperature, topK, layer }: Steps): RouterIntervention {
  return {
    muted: forced === undefined ? muted : EXPERTS.filter((expert) => expert !== forced),
    bias, temperature,
    ...(topK === undefined ? {} : { topK }), ...(layer === undefined ? {} : { layers: [layer - 1] }),
  };
}

/** Mutes an expert or lets it speak again; the last one that speaks cannot be muted. */
export function toggleMuted(steps: Steps, expert: ExpertId): Steps {
  const muted = steps.muted.includes(expert) ? steps.muted.filter((other) => other !== expert) : [...steps.muted, expert];
  return muted.length === EXPERTS.length ? steps : { ...steps, muted, forced: undefined };
}

export function toggleForced(steps: Steps, expert: ExpertId): Steps {
  return { ...steps, muted: [], forced: steps.forced === expert ? undefined : expert };
}

/** What was done before, and what was taken back. */
export interface History {
  readonly past: readonly Steps[];
  readonly now: Steps;
  readonly future: readonly Steps[];
}

export const NO_HISTORY: History = { past: [], now: NEUTRAL, future: [] };
const LONGEST = 100;

export function done({ past, now }: History, next: Steps): History {
  return { past: [...past, now].slice(-LONGEST), now: next, future: [] };
}

export function undone({ past, now, future }: History): History {
  const last = past.at(-1);
  return last === undefined ? { past, now, future } : { past: past.slice(0, -1), now: last, future: [now, ...future] };
}

export function redone({ past, now, future }: History): History {
  const [next, ...others] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: others };
}
