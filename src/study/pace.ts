/**
 * How far a study is, in rows answered: stages are planned with an estimate, which is replaced by what a stage took as soon as it
 * ends. A stage that was found done takes nothing, so that the time left is that of what is still to do.
 */
export class Pace {
  private spent = 0;
  private ahead = 0;
  private note = '';

  /** `show` gets rows done and rows in all. */
  constructor(private readonly show: (done: number, total: number, note: string) => void = () => undefined) {}

  plan(estimate: number): void {
    this.ahead += estimate;
  }

  /** A part that was planned. */
  async stage<T>(note: string, estimate: number, work: () => Promise<T>): Promise<T> {
    const [ahead, spent] = [this.ahead - estimate, this.spent];
    this.note = note;
    try {
      return await work();
    } finally {
      this.ahead = Math.max(ahead, 0);
      this.tell(this.spent > spent ? '' : 'done before');
    }
  }

  spend(rows: number, detail = ''): void {
    this.spent += rows;
    this.ahead = Math.max(this.ahead - rows, 0);
    this.tell(detail);
  }

  private tell(detail: string): void {
    const done = Math.round(this.spent);
    this.show(done, Math.max(done, Math.round(this.spent + this.ahead)), detail === '' ? this.note : `${this.note}: ${detail}`);
  }
}
