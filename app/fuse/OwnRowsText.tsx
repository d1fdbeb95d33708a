import type { ReactNode } from 'react';
import type { OwnRowsFacts } from '../../src/engine/protocol';
import { integer } from '../format';
import { strings } from '../strings';

/** File and count; then what of it does not serve, where there is any. */
export function OwnRowsText({ rows, facts }: { readonly rows: number; readonly facts: OwnRowsFacts }): ReactNode {
  const { own } = strings;
  const { file, unsafe, tooLong, unknown } = facts;
  return [
    own.rowsOwn(file, integer(rows)),
    ...(unsafe > 0 ? [own.unsafe(integer(unsafe))] : []),
    ...(tooLong > 0 ? [own.tooLong(integer(tooLong))] : []),
    ...(unknown > 0 ? [own.unknown(integer(unknown))] : []),
  ].join('; ');
}
