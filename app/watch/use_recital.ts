import { useEffect, useState } from 'react';

/** As one reads aloud; then the whole stands for a while. */
const WORD_EVERY = 260;
const STANDS = 2600;

interface Recital {
  /** What is recited; another one begins anew. */
  readonly of: unknown;
  readonly length: number;
  readonly playing: boolean;
  /** The whole has stood long enough. */
  readonly onEnd: () => void;
}

/** How many tokens of an answer are shown: one after another while it plays, all of them otherwise and where motion is unwanted. */
export function useRecital({ of, length, playing, onEnd }: Recital): number {
  const [shown, setShown] = useState({ of, count: 0 });
  const count = shown.of === of ? shown.count : 0;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  useEffect(() => {
    if (!playing) return;
    const whole = still || count >= length;
    const timer = setTimeout(() => {
      if (whole) onEnd();
      else setShown({ of, count: count + 1 });
    }, whole ? STANDS : WORD_EVERY);
    return () => { clearTimeout(timer); };
  }, [of, count, length, playing, still, onEnd]);
  return playing && !still ? Math.min(count, length) : length;
}
