import type { Trainer } from '../train/trainer';
import type { Snapshot } from '../train/snapshot';
import { Refusal } from '../errors/refusal';
import { type KeptSnapshots, LEVERS, type RunId } from './protocol';
import { type RunRecipe, differsIn } from './recipe';

/** GPU memory for the snapshots of all runs together, in bytes. */
export const SNAPSHOT_BYTES = 256 * 2 ** 20;
/** A run is kept so many times on its way. */
const TIMES = 10;

interface Kept {
  readonly run: RunId;
  readonly recipe: RunRecipe;
  readonly snapshot: Snapshot;
}

/** Weights as they were on the way of a run, so that another one can go on from there. Bounded: the oldest give way. */
export class Snapshots {
  private readonly kept: Kept[] = [];

  /** @param changed told of what is kept after every change */
  constructor(private readonly changed: (kept: KeptSnapshots) => void, private readonly most = SNAPSHOT_BYTES) {}

  /** Between two steps; the last one needs none, nothing can go on from there. */
  async after(run: RunId, recipe: RunRecipe, trainer: Trainer): Promise<void> {
    if (trainer.finished || trainer.step % Math.max(1, Math.ceil(trainer.total / TIMES)) !== 0) return;
    const bytes = trainer.snapshotBytes;
    if (bytes > this.most) return;
    while (this.bytes + bytes > this.most) this.kept.shift()?.snapshot.dispose();
    const snapshot = trainer.snapshot();
    await trainer.settled();
    this.kept.push({ run, recipe, snapshot });
    this.changed(this.report());
  }

  /**
   * @param recipe of the run that is to go on from there
   * @throws Refusal 'bad-option' where it is not kept, or where the recipe differs in more than the levers
   */
  find(run: RunId, step: number, recipe: RunRecipe): Snapshot {
    const found = this.kept.find((one) => one.run === run && one.snapshot.step === step);
    const refuse = (field: string, expected: string, got: string): Refusal =>
      new Refusal('bad-option', { file: 'the fork', field, expected, got, fix: 'choose another step, or fuse anew' });
    if (found === undefined) throw refuse('step', 'one of which the weights are kept', `step ${String(step)} of ${run}`);
    const other = differsIn(found.recipe, recipe, LEVERS);
    if (other !== undefined) throw refuse(other, `${String(found.recipe[other])} as in the run it goes on from`, String(recipe[other]));
    return found.snapshot;
  }

  clear(): void {
    if (this.kept.length === 0) return;
    for (const { snapshot } of this.kept.splice(0)) snapshot.dispose();
    this.changed(this.report());
  }

  get bytes(): number {
    return this.kept.reduce((sum, { snapshot }) => sum + snapshot.bytes, 0);
  }

  private report(): KeptSnapshots {
    const steps: Record<RunId, number[]> = {};
    for (const { run, snapshot } of this.kept) (steps[run] ??= []).push(snapshot.step);
    return { steps, bytes: this.bytes };
  }
}
