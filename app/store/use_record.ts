import { useCallback, useSyncExternalStore } from 'react';
import type { RunRecord } from './run_record';

const NOBODY = (): void => undefined;

/** How many steps the record holds, heard at most every `interval` milliseconds. */
export function useRecordCount(record: RunRecord | undefined, interval: number): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      if (record === undefined) return NOBODY;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = record.subscribe(() => {
        timer ??= setTimeout(() => {
          timer = undefined;
          changed();
        }, interval);
      });
      return () => {
        clearTimeout(timer);
        end();
      };
    },
    [record, interval],
  );
  return useSyncExternalStore(subscribe, () => record?.count ?? 0);
}
