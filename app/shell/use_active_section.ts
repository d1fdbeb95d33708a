import { useEffect, useState } from 'react';

/** The section that crosses the upper third of the window. */
export function useActiveSection(ids: readonly string[]): string | undefined {
  const [active, setActive] = useState<string | undefined>(ids[0]);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) if (isIntersecting) setActive(target.id);
      },
      { rootMargin: '-30% 0px -69% 0px' },
    );
    for (const id of ids) {
      const section = document.getElementById(id);
      if (section !== null) observer.observe(section);
    }
    return () => { observer.disconnect(); };
  }, [ids]);
  return active;
}
