import type { Trainer } from '../train/trainer';
import type { Steps } from './run_loop';

/** The trainer's steps, with what is done after each of them while nobody else has the GPU. */
export function betweenSteps(trainer: Trainer, after: () => Promise<void>): Steps {
  return {
    total: trainer.total,
    get finished() { return trainer.finished; },
    advance: async () => {
      await trainer.advance();
      await after();
    },
    drain: () => trainer.drain(),
  };
}

/** A run's held-out rows are asked so many times, and seldom in a short one. */
const TIMES = 10;
const SELDOM = 10;

/** Whether the held-out loss is measured after this step: at even spaces, and at the end. */
export function measuresAfter(step: number, total: number): boolean {
  return step === total || step % Math.max(SELDOM, Math.ceil(total / TIMES)) === 0;
}
