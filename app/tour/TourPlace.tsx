import { lazy, Suspense, type ReactNode } from 'react';
import controls from '../shell/controls.module.css';
import line from '../shell/Line.module.css';
import type { Screen } from '../shell/screens';
import { startTour } from '../store/tour';
import { useStudio } from '../store/studio';
import { strings } from '../strings';

const Tour = lazy(async () => ({ default: (await import('./Tour')).Tour }));

/** The tour while it runs; before, on the first visit, one line that offers it. */
export function TourPlace({ screen }: { readonly screen: Screen }): ReactNode {
  const { around: { tour: texts } } = strings;
  const open = useStudio((state) => state.tour !== undefined);
  const offered = useStudio(({ tourOffered, lesson }) => tourOffered && lesson === undefined);
  if (open) return <Suspense fallback={null}><Tour /></Suspense>;
  if (!offered || screen !== 'watch') return null;
  return (
    <p className={line['line']}>
      {texts.offer}
      <button type="button" className={controls['word']} onClick={startTour}>{texts.start}</button>
      <button type="button" className={controls['word']} onClick={() => { useStudio.setState({ tourOffered: false }); }}>{texts.notNow}</button>
    </p>
  );
}
