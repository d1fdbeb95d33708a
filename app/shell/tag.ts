import { RECORDED } from '../store/run_book';
import { notThisTabs, type StudioState } from '../store/studio';
import { integer } from '../format';
import { strings } from '../strings';
import type { Screen } from './screens';

export type TagKind = 'ready' | 'recorded' | 'live' | 'paused' | 'failed';
type Told = Pick<StudioState, 'engine' | 'run' | 'adapter' | 'absence' | 'record' | 'recording' | 'book'>;

/** Screens that show the run in front; the others work with the model of this tab alone. */
const OF_THE_FRONT: readonly Screen[] = ['watch', 'train'];

export function toldOn(screen: Screen, told: Told): Told {
  return OF_THE_FRONT.includes(screen) ? told : { ...told, book: { ...told.book, front: undefined } };
}

/** What the numbers on screen are, in one tag: outline and mark differ, not only the word. */
export function tagKind(told: Told): TagKind {
  const { engine, run, record, recording } = told;
  if (isEarlier(told)) return 'recorded';
  if (run.phase === 'paused') return 'paused';
  if (run.phase === 'failed') return 'failed';
  if (run.phase === 'idle' && record === undefined && recording !== undefined) return 'recorded';
  if (engine === 'failed') return 'failed';
  return run.phase === 'running' || run.phase === 'finished' || (run.phase === 'stopped' && run.step > 0) ? 'live' : 'ready';
}

export function tagText(told: Told): string {
  const { engine, run, adapter, absence, record, recording } = told;
  const { tags } = strings.header;
  if (isEarlier(told)) return told.book.front === RECORDED ? tags.recorded : tags.earlier;
  switch (run.phase) {
    case 'preparing':
      return tags.preparing;
    case 'paused':
      return tags.paused(integer(run.step));
    case 'failed':
      return tags.failed(integer(run.step));
    case 'running':
    case 'finished':
    case 'stopped':
      if (run.phase === 'stopped' && run.step === 0) break;
      if (engine === 'failed') return tags.broken;
      return adapter?.software === true ? tags.liveSoftware : tags.live;
    case 'idle':
      break;
    default:
      run.phase satisfies never;
  }
  if (record === undefined && recording !== undefined) return tags.recorded;
  if (engine === 'failed') return absence === undefined ? tags.broken : tags.unavailable;
  return engine === 'opening' ? tags.opening : tags.ready;
}

/** A run that is over was put in front: whatever runs meanwhile, what is shown is not that. */
function isEarlier(told: Told): boolean {
  return told.book.front !== undefined && notThisTabs(told)?.id === told.book.front;
}
