import { Refusal } from '../errors/refusal';
import type { Generator } from '../model/generate';
import { asTrained, mutedToForce, type Intervention } from '../model/intervention';
import { logProbability, nextTokens } from '../model/next_tokens';
import { EXPERTS, type AloneRequest, type Voice } from './protocol';

/** Words that are shown of each voice. */
export const SHOWN = 5;

interface Place extends Pick<AloneRequest, 'before' | 'chosen'> {
  readonly prompt: readonly number[];
  /** '' for a token that ends the answer. */
  readonly read: (id: number) => string;
}

/**
 * What the fused model says at one place of a text, and what it would say with each single expert forced in all layers: all are
 * given the same text before it. Undefined where it was stopped.
 * @throws Refusal for tokens that are unknown or too many, and where none was chosen.
 */
export async function voicesAt(generator: Generator, { prompt, before, chosen, read }: Place, signal: AbortSignal): Promise<readonly Voice[] | undefined> {
  if (chosen.length === 0) {
    throw new Refusal('bad-option', { file: 'the place', field: 'chosen', expected: 'the tokens that were written there', got: 'none', fix: 'choose a written word' });
  }
  const config = { experts: EXPERTS.length };
  const how = (expert: number): Intervention => ({ ...asTrained(config), muted: mutedToForce(expert, config) });
  const voices: Voice[] = [];
  for (const [who, intervention] of [['fused', undefined] as const, ...EXPERTS.map((expert, e) => [expert, how(e)] as const)]) {
    const logits: Float32Array[] = [];
    for await (const place of generator.follow(prompt, chosen, { after: before, signal, ...(intervention === undefined ? {} : { intervention }) })) logits.push(place);
    if (signal.aborted) return undefined;
    voices.push({
      who,
      top: nextTokens(logits[0] ?? [], SHOWN).map(({ id, probability }) => ({ text: read(id), probability, chosen: id === chosen[0] })),
      logProbability: logits.reduce((sum, place, i) => sum + logProbability(place, chosen[i] ?? -1), 0),
    });
  }
  return voices;
}
