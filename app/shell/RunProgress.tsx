import type { ReactNode } from 'react';
import { duration, integer } from '../format';
import { type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';
import { useSlowly } from '../store/use_slowly';
import css from './Header.module.css';

/** Readouts change at most four times a second. */
const READ_EVERY = 250;

/** Done of total, of whatever is under way: the run, or what comes before it. */
function underWay({ run, progress }: StudioState): readonly [done: number, total: number] {
  if (progress !== undefined) return [progress.done, progress.total];
  return run.phase === 'running' || run.phase === 'paused' ? [run.step, run.totalSteps] : [0, 0];
}

/** The header's bottom line is the progress bar. */
export function RunProgress(): ReactNode {
  const done = useStudio((state) => underWay(state)[0]);
  const total = useStudio((state) => underWay(state)[1]);
  if (total === 0) return null;
  return (
    <div
      className={css['progress']}
      role="progressbar"
      aria-label={strings.header.progress}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
    >
      <div style={{ width: `${String((100 * done) / total)}%` }} />
    </div>
  );
}

/** Step and time left of the run under way, at most as often as one can read. */
export function useStepText(): string {
  return useSlowly(useStudio(stepText), READ_EVERY);
}

export function StepText(): ReactNode {
  const text = useStepText();
  return text === '' ? null : <span className={css['step']}>{text}</span>;
}

function stepText({ run, progress }: StudioState): string {
  const { header, stages } = strings;
  if (progress !== undefined) {
    const { stage, done, total, secondsLeft } = progress;
    const toGo = secondsLeft === undefined || secondsLeft < 1 ? '' : ` · ${header.left(duration(secondsLeft))}`;
    return (total > 1 ? header.stage(stages[stage], integer(done), integer(total)) : stages[stage]) + toGo;
  }
  if (run.totalSteps === 0) return '';
  const step = header.step(integer(run.step), integer(run.totalSteps));
  const left = run.phase === 'running' && run.secondsLeft !== undefined ? ` · ${header.left(duration(run.secondsLeft))}` : '';
  return step + left;
}
