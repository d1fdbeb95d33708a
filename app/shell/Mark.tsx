import type { ReactNode } from 'react';

/** Three strokes join into one. */
export function Mark(): ReactNode {
  return (
    <svg width="35" height="18" viewBox="0 0 35 18" fill="none" strokeWidth="3" aria-hidden="true">
      <path d="M0 2.5h5.5c6 0 6 6.5 12 6.5" stroke="var(--helpful)" />
      <path d="M0 15.5h5.5c6 0 6-6.5 12-6.5" stroke="var(--honest)" />
      <path d="M0 9h17" stroke="var(--harmless)" />
      <path d="M16.5 9H35" stroke="var(--ink)" />
    </svg>
  );
}
