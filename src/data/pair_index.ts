import { PairHeap } from './pair_heap';

/** A word of the text, as the tokens it is made of so far. */
export interface Word {
  /** Token ids, shortened by every merge. */
  ids: number[];
  readonly count: number;
}

/** A pair is one number: left · KEY + right, exact for vocabularies up to a million. */
const KEY = 2 ** 20;

/** Counts of neighbouring tokens and the words they stand in, kept up to date through merges. */
export class PairIndex {
  private readonly counts = new Map<number, number>();
  private readonly places = new Map<number, Set<Word>>();
  private readonly heap = new PairHeap();

  constructor(words: readonly Word[]) {
    for (const word of words) this.addWord(word, 1);
    for (const [key, count] of this.counts) this.heap.push(key, count);
  }

  /** The most frequent pair; it is not offered again unless its count changes. */
  pop(): { left: number; right: number; count: number } | undefined {
    for (let top = this.heap.pop(); top !== undefined; top = this.heap.pop()) {
      // Entries whose count has changed since are stale: a newer one is in the heap.
      if (this.counts.get(top.key) === top.count) return { left: Math.floor(top.key / KEY), right: top.key % KEY, count: top.count };
    }
    return undefined;
  }

  merge(left: number, right: number, merged: number): void {
    const changed = new Set<number>();
    for (const word of this.places.get(left * KEY + right) ?? []) {
      this.addWord(word, -1, changed);
      word.ids = replacePair(word.ids, left, right, merged);
      this.addWord(word, 1, changed);
    }
    for (const key of changed) {
      const count = this.counts.get(key) ?? 0;
      if (count > 0) this.heap.push(key, count);
      else {
        this.counts.delete(key);
        this.places.delete(key);
      }
    }
  }

  private addWord(word: Word, sign: 1 | -1, changed?: Set<number>): void {
    for (let i = 1; i < word.ids.length; i++) {
      const key = (word.ids[i - 1] ?? 0) * KEY + (word.ids[i] ?? 0);
      this.counts.set(key, (this.counts.get(key) ?? 0) + sign * word.count);
      changed?.add(key);
      if (sign === 1) {
        const places = this.places.get(key);
        if (places === undefined) this.places.set(key, new Set([word]));
        else places.add(word);
      }
    }
  }
}

function replacePair(ids: readonly number[], left: number, right: number, merged: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      out.push(merged);
      i += 1;
    } else out.push(ids[i] ?? 0);
  }
  return out;
}
