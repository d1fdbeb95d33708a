import type { AloneRequest } from '../../src/engine/protocol';
import type { Answer } from './answer';
import { dismiss, engine, errorOf, show } from './connection';
import { useInspect } from './inspect';
import { useStudio } from './studio';

let asker = new AbortController();

/** The place of one token in an answer of this tab; undefined for a recorded one, whose tokens are not known. */
export function placeOf({ prompt, tokens }: Answer, at: number): AloneRequest | undefined {
  const chosen = tokens[at]?.ids;
  if (chosen === undefined) return undefined;
  return { prompt, before: tokens.slice(0, at).flatMap(({ ids }) => ids ?? []), chosen };
}

export function keyOf({ prompt, before, chosen }: AloneRequest, runs: number): string {
  return JSON.stringify([runs, prompt, before, chosen]);
}

/** What the fused model as it is now, and each of its experts alone, say at a place; the same one is not asked again, unless `anew`. */
export async function askAlone(place: AloneRequest, anew = false): Promise<void> {
  const key = keyOf(place, useStudio.getState().runs);
  const { alone } = useInspect.getState();
  if (!anew && alone?.key === key) return;
  const client = engine();
  if (client === undefined) return;
  asker.abort();
  asker = new AbortController();
  const { signal } = asker;
  dismiss('watch');
  useInspect.setState({ alone: { key, state: 'waiting', voices: [], step: undefined } });
  const mine = (): boolean => useInspect.getState().alone?.key === key && asker.signal === signal;
  try {
    const told = await client.alone(place, signal);
    if (!mine()) return;
    useInspect.setState({ alone: told === undefined ? { key, state: 'stopped', voices: [], step: undefined } : { key, state: 'told', ...told } });
  } catch (failure) {
    if (!mine()) return;
    useInspect.setState({ alone: { key, state: 'stopped', voices: [], step: undefined } });
    show('watch', errorOf(failure));
  }
}

export function stopAlone(): void {
  asker.abort();
}
