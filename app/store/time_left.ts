/** Seconds and share of the work before a guess is worth telling. */
const LEAST_SECONDS = 2;
const LEAST_SHARE = 0.03;

/** What is left of work that goes on as it went so far, in seconds; undefined while there is too little to measure it by. */
export function secondsLeft(elapsed: number, share: number): number | undefined {
  if (!(elapsed >= LEAST_SECONDS && share >= LEAST_SHARE && share <= 1)) return undefined;
  return (elapsed * (1 - share)) / share;
}
