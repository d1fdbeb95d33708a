import { lazy, Suspense, type ReactNode } from 'react';
import { useStudio } from '../store/studio';

const LessonDialog = lazy(async () => ({ default: (await import('./LessonDialog')).LessonDialog }));

/** The dialog, fetched when it is first asked for. */
export function LessonPlace(): ReactNode {
  const open = useStudio((state) => state.lessonOpen);
  return open ? <Suspense fallback={null}><LessonDialog /></Suspense> : null;
}
