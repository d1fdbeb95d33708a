/** From when on a rate says something, in seconds. */
const LEAST = 1;

/** How long something that reports done of total will still take, by how it went so far. */
export class Pace {
  private start: { readonly at: number; readonly done: number; readonly what: string } | undefined;
  private last = 0;

  /**
   * @param what is under way; another thing begins anew @param done of `total` @param now in ms
   * @returns seconds to go; undefined while too little is known to say
   */
  left(what: string, done: number, total: number, now: number): number | undefined {
    if (this.start?.what !== what || done < this.last) this.start = { at: now, done, what };
    this.last = done;
    const seconds = (now - this.start.at) / 1000;
    const through = done - this.start.done;
    return seconds < LEAST || through <= 0 ? undefined : (seconds * Math.max(0, total - done)) / through;
  }
}
