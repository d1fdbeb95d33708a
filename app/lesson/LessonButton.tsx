import type { ReactNode } from 'react';
import { IconButton } from '../shell/IconButton';
import { LessonIcon } from '../shell/icons';
import { useStudio } from '../store/studio';
import { strings } from '../strings';

/** Opens what makes a lesson's link; a lesson itself has no such button. */
export function LessonButton(): ReactNode {
  const inLesson = useStudio(({ lesson }) => lesson !== undefined);
  if (inLesson) return null;
  return <IconButton name={strings.around.lesson.make} onPress={() => { useStudio.setState({ lessonOpen: true }); }}><LessonIcon /></IconButton>;
}
