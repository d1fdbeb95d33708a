import { useEffect, useRef, useState, type RefObject } from 'react';

/** Whether any part of the element can be seen. */
export function useOnScreen(): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const box = useRef<HTMLDivElement>(null);
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    if (box.current === null) return;
    const observer = new IntersectionObserver((entries) => { setVisible(entries.at(-1)?.isIntersecting ?? true); });
    observer.observe(box.current);
    return () => { observer.disconnect(); };
  }, []);
  return [box, visible];
}
