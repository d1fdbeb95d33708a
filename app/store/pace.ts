/** From when on a rate says something: seconds, and share of the work. */
const LEAST_SECONDS = 1;
const LEAST_SHARE = 0.03;

/** How long something that reports done of total will still take, if it goes on as it went so far. */
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
    return seconds < LEAST_SECONDS || through < LEAST_SHARE * total || through <= 0 ? undefined : (seconds * Math.max(0, total - done)) / through;
  }
}
