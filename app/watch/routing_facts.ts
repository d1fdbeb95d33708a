import { EXPERTS, type ExpertId, type TokenRouting } from '../../src/engine/protocol';
import { fixed } from '../format';
import { strings } from '../strings';

export interface ExpertShare {
  readonly expert: ExpertId;
  readonly probability: number;
  /** 0 was dropped. */
  readonly share: number;
}

/** The last layer's word on one token. */
export function lastLayer({ layers, experts, probabilities, shares }: TokenRouting): readonly ExpertShare[] {
  const from = (layers - 1) * experts;
  return EXPERTS.map((expert, e) => ({ expert, probability: probabilities[from + e] ?? 0, share: shares[from + e] ?? 0 }));
}

/** “ask”: Helpful 0.83, Harmless 0.17 */
export function spoken(text: string, shares: readonly ExpertShare[]): string {
  const { watch, models } = strings;
  const kept = shares.filter(({ share }) => share > 0);
  return watch.word(text, kept.map(({ expert, share }) => watch.share(models[expert], fixed(share, 2))).join(', '));
}

/** The router sends “ask” to Helpful and Harmless. The larger share first. */
export function sentence(text: string, shares: readonly ExpertShare[]): string {
  const { watch, models } = strings;
  const kept = [...shares].filter(({ share }) => share > 0).sort((a, b) => b.share - a.share);
  return watch.sends(text, list(kept.map(({ expert }) => models[expert])));
}

export function list(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return names.slice(0, -1).join(', ') + strings.watch.and + (names.at(-1) ?? '');
}
