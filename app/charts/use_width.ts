import { useEffect, useRef, useState, type RefObject } from 'react';

/** Whole CSS px of an element's content, 0 until it is measured. */
export function useWidth(): readonly [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (box.current === null) return;
    const observer = new ResizeObserver(([entry]) => { if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width)); });
    observer.observe(box.current);
    return () => { observer.disconnect(); };
  }, []);
  return [box, width];
}
