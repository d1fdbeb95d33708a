import type { KeptSnapshots, RunId } from '../../src/engine/protocol';
import type { Run, RunCard } from './run';

/** The recorded run among the others. */
export const RECORDED: RunId = 'recorded';

export interface DamagedRun {
  readonly id: RunId;
  /** As it is kept. */
  readonly text: string;
  /** A sentence. */
  readonly fault: string;
}

/** Runs beside the one of this tab, and which of all are shown. */
export interface RunBook {
  /** Those that are over, in their order; the run of this tab stands apart, after them. */
  readonly shelf: readonly Run[];
  /** The run of this tab. */
  readonly current: RunCard | undefined;
  /** What all figures show; undefined: the run of this tab, else the recorded one. */
  readonly front: RunId | undefined;
  /** Thinner lines on the strips. */
  readonly overlaid: readonly RunId[];
  /** Can be put back where it was. */
  readonly removed: { readonly run: Run; readonly at: number; readonly overlaid: boolean } | undefined;
  /** What went wrong with files and storage: a sentence each. */
  readonly faults: readonly string[];
  /** Kept by the browser, but no run any more: each can be saved as it is, and removed. */
  readonly damaged: readonly DamagedRun[];
  /** Of which steps the engine has the weights. */
  readonly snapshots: KeptSnapshots;
}

export const NO_RUNS: RunBook = {
  shelf: [], current: undefined, front: undefined, overlaid: [], removed: undefined, faults: [], damaged: [], snapshots: { steps: {}, bytes: 0 },
};

/** "Run 1", "Run 2", …: the first that is free, from one after the number of runs there are. */
export function freshName(names: readonly string[], write: (n: number) => string): string {
  let n = names.length + 1;
  while (names.includes(write(n))) n += 1;
  return write(n);
}

/** Without a run, and with how it can be put back. */
export function withoutRun(book: RunBook, id: RunId): RunBook {
  const at = book.shelf.findIndex((run) => run.id === id);
  const run = book.shelf[at];
  if (run === undefined) return book;
  return {
    ...book, shelf: book.shelf.toSpliced(at, 1), removed: { run, at, overlaid: book.overlaid.includes(id) },
    overlaid: book.overlaid.filter((other) => other !== id), front: book.front === id ? undefined : book.front,
  };
}

export function withRemoved(book: RunBook): RunBook {
  const { removed } = book;
  if (removed === undefined) return book;
  const { run, at, overlaid } = removed;
  return { ...book, removed: undefined, shelf: book.shelf.toSpliced(at, 0, run), overlaid: overlaid ? [...book.overlaid, run.id] : book.overlaid };
}

export function toggleOverlaid(book: RunBook, id: RunId): RunBook {
  return { ...book, overlaid: book.overlaid.includes(id) ? book.overlaid.filter((other) => other !== id) : [...book.overlaid, id] };
}

export function renamed(book: RunBook, id: RunId, name: string): RunBook {
  const { current } = book;
  return {
    ...book, shelf: book.shelf.map((run) => (run.id === id ? { ...run, name } : run)),
    current: current?.id === id ? { ...current, name } : current,
  };
}
