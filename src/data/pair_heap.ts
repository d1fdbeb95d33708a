interface Entry {
  readonly key: number;
  readonly count: number;
}

/** A binary heap: the highest count first, equal counts by the lowest key. */
export class PairHeap {
  private readonly entries: Entry[] = [];

  push(key: number, count: number): void {
    const entry = { key, count };
    let at = this.entries.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.entries[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      this.entries[at] = above;
      at = parent;
    }
    this.entries[at] = entry;
  }

  pop(): Entry | undefined {
    const top = this.entries[0];
    const last = this.entries.pop();
    if (last === undefined || this.entries.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      let below = this.entries[child];
      if (below === undefined) break;
      const right = this.entries[child + 1];
      if (right !== undefined && isBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (!isBefore(below, last)) break;
      this.entries[at] = below;
      at = child;
    }
    this.entries[at] = last;
    return top;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.count > b.count || (a.count === b.count && a.key < b.key);
}
