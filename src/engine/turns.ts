/** Work that must not overlap: a training step and an answer, which would read weights that move under it. First come, first served. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  /** Long work, which calls `pass` where others may come in between: whoever waits then has a turn first. */
  async share<Result>(work: (pass: () => Promise<void>) => Promise<Result>): Promise<Result> {
    let end: () => void = () => undefined;
    const begin = (): Promise<void> => new Promise((begun) => {
      void this.run(() => new Promise<void>((ended) => {
        end = ended;
        begun();
      }));
    });
    await begin();
    try {
      return await work(() => {
        end();
        return begin();
      });
    } finally {
      end();
    }
  }
}
