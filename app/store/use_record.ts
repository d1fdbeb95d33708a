import { useMemo, useSyncExternalStore } from 'react';
import type { RunRecord } from './run_record';

/** How many steps the record holds, heard at most every `interval` milliseconds, and only then: not when something else draws. */
export function useRecordCount(record: RunRecord | undefined, interval: number): number {
  const heard = useMemo(() => heardCount(record, interval), [record, interval]);
  useSyncExternalStore(heard.subscribe, heard.version);
  return heard.count();
}

interface HeardCount {
  readonly count: () => number;
  /** Grows with every change that was heard: a loss of held-out rows comes without a step. */
  readonly version: () => number;
  /** @returns what ends it */
  readonly subscribe: (changed: () => void) => () => void;
}

/** Each one wakes its listener in a task of its own, so that many listeners never make one long task. */
export function heardCount(record: RunRecord | undefined, interval: number): HeardCount {
  let count = record?.count ?? 0;
  let version = 0;
  const subscribe = (changed: () => void): (() => void) => {
    if (record === undefined) return () => undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hear = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        count = record.count;
        version += 1;
        changed();
      }, interval);
    };
    const end = record.subscribe(hear);
    if (record.count !== count) hear();
    return () => {
      clearTimeout(timer);
      end();
    };
  };
  return { count: () => count, version: () => version, subscribe };
}
