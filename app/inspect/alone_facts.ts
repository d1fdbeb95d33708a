import type { Voice } from '../../src/engine/protocol';
import { fixed } from '../format';
import { strings } from '../strings';
import { list } from '../watch/routing_facts';

/** A token as it is shown: what ends an answer and what only leaves a space have names. */
export function wordOf(text: string): string {
  const { alone } = strings;
  if (text === '') return alone.ends;
  return text.trim() === '' ? alone.space : text.trim();
}

/** Three places; what they cannot tell from 0 is not written as 0. */
export function probabilityOf(value: number): string {
  return value < 0.0005 ? strings.alone.least : fixed(value, 3);
}

/** The sentence over the voices: who, alone, would have begun with another word than the one that was written. */
export function aloneTitle(word: string, voices: readonly Voice[]): string {
  const { alone, models } = strings;
  const experts = voices.filter(({ who }) => who !== 'fused');
  if (experts.length === 0) return alone.title(word);
  const others = experts.filter(({ top }) => top[0]?.chosen !== true);
  return others.length === 0 ? alone.agree(word) : alone.differ(list(others.map(({ who }) => models[who])), word);
}
