import { parseRunFile } from '../../src/engine/run_file';
import type { RunId } from '../../src/engine/protocol';
import { strings } from '../strings';
import { errorOf } from './connection';
import { newRunId, type Run, runOfFile, runText } from './run';
import { type DamagedRun, type RunBook, RECORDED, renamed, toggleOverlaid, withoutRun, withRemoved } from './run_book';
import { forgetRun, keepRun, storedRuns } from './run_storage';
import { type StudioState, useStudio } from './studio';

/** MB of the largest file that is read. */
const LARGEST = 64;
const MB = 2 ** 20;

function change(how: (book: RunBook) => RunBook): void {
  useStudio.setState(({ book }) => ({ book: how(book) }));
}

function complain(...faults: readonly string[]): void {
  change((book) => ({ ...book, faults: [...book.faults, ...faults.filter((fault) => !book.faults.includes(fault))] }));
}

export function dismissFaults(): void {
  change((book) => ({ ...book, faults: [] }));
}

/** Of the state what runs are made of. */
export type RunParts = Pick<StudioState, 'record' | 'recording' | 'fusedWith' | 'takes' | 'marks' | 'book'>;

/** The run of this tab as one of the others, as far as it has come. */
export function currentRun({ record, fusedWith, takes, marks, book: { current } }: RunParts): Run | undefined {
  return record === undefined || fusedWith === undefined || current === undefined ? undefined : { ...current, recipe: fusedWith, record, takes, marks };
}

/** All of them, oldest first: the recorded one, those that are over, that of this tab. */
export function allRuns(state: RunParts): readonly Run[] {
  const { recording, book: { shelf } } = state;
  const current = currentRun(state);
  return [...(recording === undefined ? [] : [{ ...recording, name: strings.train.runs.recorded }]), ...shelf, ...(current === undefined ? [] : [current])];
}

/** Which of them is in front. */
export function frontId({ book: { front, current, shelf }, recording }: RunParts): RunId | undefined {
  const there = front === RECORDED ? recording !== undefined : shelf.some(({ id }) => id === front);
  return there ? front : current?.id ?? (recording === undefined ? undefined : RECORDED);
}

/** Runs of earlier visits. One that cannot be read is told and left where it is, until it is removed. */
export async function openShelf(): Promise<void> {
  try {
    const stored = await storedRuns();
    const runs: Run[] = [];
    const damaged: DamagedRun[] = [];
    for (const { id, text, since } of stored) {
      try {
        runs.push(runOfFile(parseRunFile(text, id), id, since));
      } catch (failure) {
        damaged.push({ id, text, fault: strings.train.runs.damaged(errorOf(failure).message) });
      }
    }
    change((book) => ({ ...book, damaged, shelf: [...runs, ...book.shelf.filter(({ id }) => runs.every((run) => run.id !== id))] }));
  } catch (failure) {
    complain(strings.train.runs.notOpened(errorOf(failure).message));
  }
}

/** So that it is there after a reload; what the browser says against it is told. */
export async function keep(run: Run): Promise<void> {
  const text = runText(run);
  if (text === undefined) return;
  try {
    await keepRun({ id: run.id, since: run.since, text });
  } catch (failure) {
    const { full, notKept } = strings.train.runs;
    const isFull = failure instanceof DOMException && failure.name === 'QuotaExceededError';
    complain(isFull ? full(run.name) : notKept(run.name, errorOf(failure).message));
  }
}

/** Each file stands for itself: one that is refused is told by name, the others come. */
export async function addRunFiles(files: readonly File[]): Promise<void> {
  const { runs } = strings.train;
  for (const file of files) {
    if (file.size > LARGEST * MB) {
      complain(runs.tooLarge(file.name, String(Math.ceil(file.size / MB)), String(LARGEST)));
      continue;
    }
    try {
      const read = parseRunFile(await file.text(), file.name);
      const names = allRuns(useStudio.getState()).map(({ name }) => name);
      const run = runOfFile({ ...read, name: free(read.name, names) }, newRunId());
      change((book) => ({ ...book, shelf: [...book.shelf, run], overlaid: [...book.overlaid, run.id] }));
      await keep(run);
    } catch (failure) {
      const { code, message } = errorOf(failure);
      complain(code === 'unexpected' ? runs.unreadable(file.name, message) : message);
    }
  }
}

function free(name: string, names: readonly string[]): string {
  for (let n = 1; ; n++) {
    const tried = n === 1 ? name : strings.train.runs.copy(name, String(n));
    if (!names.includes(tried)) return tried;
  }
}

export function bringToFront(id: RunId): void {
  useStudio.setState(({ book }) => ({ cursor: undefined, book: { ...book, front: book.current?.id === id ? undefined : id } }));
}

export function toggleRun(id: RunId): void {
  change((book) => toggleOverlaid(book, id));
}

export function renameRun(id: RunId, name: string): void {
  change((book) => renamed(book, id, name));
  const run = useStudio.getState().book.shelf.find((other) => other.id === id);
  if (run !== undefined) void keep(run);
}

export function removeRun(id: RunId): void {
  change((book) => withoutRun(book, id));
  useStudio.setState({ cursor: undefined });
  const { removed } = useStudio.getState().book;
  if (removed?.run.id === id) forgetRun(id).catch((failure: unknown) => { complain(strings.train.runs.notForgotten(removed.run.name, errorOf(failure).message)); });
}

/** What cannot be read goes only when it is told to. */
export async function removeDamaged({ id }: DamagedRun): Promise<void> {
  try {
    await forgetRun(id);
    change((book) => ({ ...book, damaged: book.damaged.filter((other) => other.id !== id) }));
  } catch (failure) {
    complain(strings.train.runs.notForgotten(id, errorOf(failure).message));
  }
}

export function undoRemove(): void {
  const { removed } = useStudio.getState().book;
  change(withRemoved);
  if (removed !== undefined) void keep(removed.run);
}

/** What has changed of a run that is over is kept again, once it rests. */
const RESTS = 300;

/** Keeps the run of this tab from its end on: with the answer it is asked then, and under the name it is given. */
export function keepAtEnd(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useStudio.subscribe((now, before) => {
    const over = now.run.phase === 'finished' || now.run.phase === 'stopped' || now.run.phase === 'failed';
    const same = now.run.phase === before.run.phase && now.takes === before.takes && now.book.current === before.book.current;
    if (!over || same) return;
    clearTimeout(timer);
    // As it is now: when the timer ends, another may stand in its place.
    const run = currentRun(now);
    if (run !== undefined) timer = setTimeout(() => { void keep(run); }, RESTS);
  });
}
