import type { RunId } from '../../src/engine/protocol';

/** A run as the browser keeps it: its file, and its place in the list. */
export interface StoredRun {
  readonly id: RunId;
  /** Milliseconds since 1970 when it was first kept. */
  readonly since: number;
  readonly text: string;
}

const DATABASE = 'h3fusion-studio';
const STORE = 'runs';

/** In the order in which they were first kept. Rejects with the browser's reason. */
export async function storedRuns(): Promise<readonly StoredRun[]> {
  const all = await inStore('readonly', (store) => store.getAll() as IDBRequest<StoredRun[]>);
  return all.sort((a, b) => a.since - b.since);
}

/** Rejects with the browser's reason, a QuotaExceededError where there is no room. */
export async function keepRun(run: StoredRun): Promise<void> {
  await inStore('readwrite', (store) => store.put(run));
}

export async function forgetRun(id: RunId): Promise<void> {
  await inStore('readwrite', (store) => store.delete(id));
}

async function inStore<Result>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      // A write is kept once its transaction is through: a quota may end it after the request.
      transaction.oncomplete = () => { resolve(request.result); };
      transaction.onabort = () => { reject(reason(transaction.error ?? request.error)); };
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => { request.result.createObjectStore(STORE, { keyPath: 'id' }); };
    request.onsuccess = () => { resolve(request.result); };
    request.onerror = () => { reject(reason(request.error)); };
  });
}

function reason(error: DOMException | null): Error {
  return error ?? new Error('the browser gave no reason');
}
