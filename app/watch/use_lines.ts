import { useEffect, useRef, useState, type RefObject } from 'react';

/** How many lines of text an element shows; a line is its CSS line height. */
export function useLines(): readonly [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState(1);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setLines(Math.max(1, Math.round(element.clientHeight / Number.parseFloat(getComputedStyle(element).lineHeight))));
    });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);
  return [box, lines];
}
