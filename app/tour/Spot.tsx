import type { ReactNode } from 'react';
import type { TourId } from '../store/tour';
import css from '../lesson/Part.module.css';

/** A part that the tour points at. It takes no room of its own. */
export function Spot({ name, children }: { readonly name: TourId; readonly children: ReactNode }): ReactNode {
  return <div className={css['part']} data-spot={name}>{children}</div>;
}
