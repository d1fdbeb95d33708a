import { useEffect, useState } from 'react';
import type { TourId } from '../store/tour';
import { around, type Box } from './place';

/** Parts come, grow and go while the tour stands at them. */
const LOOK_EVERY = 200;

function find(id: TourId): Box | undefined {
  const spots = [...document.querySelectorAll(`[data-spot="${id}"]`)];
  return around(spots.flatMap((spot) => [...spot.children].filter((child) => !child.classList.contains('visually-hidden')).map((child) => child.getBoundingClientRect())));
}

/** Where the part is, in px of the window; it is brought into view when the tour comes to it. */
export function usePart(id: TourId, screen: string): Box | undefined {
  const [box, setBox] = useState<Box>();
  useEffect(() => {
    let shown = false;
    const look = (): void => {
      const found = find(id);
      if (found !== undefined && !shown) {
        shown = true;
        const room = innerHeight - (found.bottom - found.top);
        if (found.top < 80 || found.bottom > innerHeight - 80) {
          const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
          scrollBy({ top: found.top - Math.max(80, room / 2), behavior: still ? 'instant' : 'smooth' });
        }
      }
      setBox((before) => (same(before, found) ? before : found));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      clearInterval(timer);
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, [id, screen]);
  return box;
}

function same(a: Box | undefined, b: Box | undefined): boolean {
  return a?.left === b?.left && a?.top === b?.top && a?.right === b?.right && a?.bottom === b?.bottom;
}
