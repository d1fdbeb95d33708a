import { Refusal } from '../errors/refusal';

type Work = 'fuse' | 'align' | 'change';

const NAMES: Readonly<Record<Work, string>> = { fuse: 'the run', align: 'the alignment', change: 'the change of models or rows' };

/** What is under way and lets nothing else begin: a run, an alignment or a change of models one at a time, measurements any number. */
export class Busy {
  private work: Work | undefined;
  private measurements = 0;

  get fusing(): boolean {
    return this.work === 'fuse';
  }

  /** While a run is prepared, changed models would not be those that it was asked with. */
  async fuse(run: () => Promise<void>): Promise<void> {
    this.requireNone(['fuse', 'align', 'change']);
    await this.during('fuse', run);
  }

  async align(work: () => Promise<void>): Promise<void> {
    this.requireNone(['change']);
    this.requireQuiet();
    await this.during('align', work);
  }

  /** Models or rows are replaced, at the end of an alignment too. */
  change(work: () => Promise<void>): Promise<void> {
    return this.during('change', work);
  }

  /** Beside a run: it is a copy that is measured. */
  async measure(work: () => Promise<void>): Promise<void> {
    this.requireNone(['align', 'change']);
    this.measurements += 1;
    try {
      await work();
    } finally {
      this.measurements -= 1;
    }
  }

  /** What may be changed is read by nobody; a change before it is waited for. @throws Refusal */
  requireQuiet(): void {
    this.requireNone(['fuse', 'align']);
    if (this.measurements > 0) throw stillBusy('the measurement', 'stop it first');
  }

  private requireNone(others: readonly Work[]): void {
    if (this.work !== undefined && others.includes(this.work)) throw stillBusy(NAMES[this.work], this.work === 'change' ? 'wait until it has ended' : 'stop it first');
  }

  private async during(work: Work, what: () => Promise<void>): Promise<void> {
    const before = this.work;
    this.work = work;
    try {
      await what();
    } finally {
      this.work = before;
    }
  }
}

function stillBusy(what: string, fix: string): Refusal {
  return new Refusal('bad-option', { file: what, expected: 'none under way', got: 'one', fix });
}
