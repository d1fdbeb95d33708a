import type { Scope } from '../gpu/scope';

/**
 * Threads of a workgroup that reduces a row of `columns` elements in workgroup memory. A software adapter pays for every
 * thread at every barrier: with 8 of them such a kernel is 4 to 12 times as fast there as with 64.
 */
export function rowThreads(scope: Scope, columns: number): number {
  if (scope.gpu.adapter.software) return 8;
  return columns < 4096 ? 64 : 256;
}
