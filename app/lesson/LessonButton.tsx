import { lazy, Suspense, type ReactNode } from 'react';
import { IconButton } from '../shell/IconButton';
import { LessonIcon } from '../shell/icons';
import { useStudio } from '../store/studio';
import { strings } from '../strings';

const LessonDialog = lazy(async () => ({ default: (await import('./LessonDialog')).LessonDialog }));

/** Opens what makes a lesson's link; a lesson itself has no such button. */
export function LessonButton(): ReactNode {
  const open = useStudio((state) => state.lessonOpen);
  const inLesson = useStudio(({ lesson }) => lesson !== undefined);
  if (inLesson) return null;
  return (
    <>
      <IconButton name={strings.around.lesson.make} onPress={() => { useStudio.setState({ lessonOpen: true }); }}><LessonIcon /></IconButton>
      {open ? <Suspense fallback={null}><LessonDialog /></Suspense> : null}
    </>
  );
}
