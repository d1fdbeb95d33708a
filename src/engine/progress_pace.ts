import type { EvaluationProgress } from './evaluation';

/** Milliseconds between two messages. */
const PACE = 250;

/** Lets through at most four messages a second, and the last one of every model or part. */
export function paced(push: (progress: EvaluationProgress) => void, now: () => number = () => performance.now()): (progress: EvaluationProgress) => void {
  let last = -Infinity;
  return (progress) => {
    if (progress.done < progress.total && now() - last < PACE) return;
    last = now();
    push(progress);
  };
}
