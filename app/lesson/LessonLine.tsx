import { useEffect, type ReactNode } from 'react';
import controls from '../shell/controls.module.css';
import line from '../shell/Line.module.css';
import type { Screen } from '../shell/screens';
import { leaveLesson } from '../store/linking';
import { useStudio } from '../store/studio';
import { strings } from '../strings';

/** Says that a lesson is open, and leads out of it. */
export function LessonLine({ screen }: { readonly screen: Screen }): ReactNode {
  const { lesson: texts } = strings.around;
  const open = useStudio(({ lesson }) => lesson !== undefined);
  const large = useStudio(({ lesson }) => lesson?.large === true);
  useEffect(() => {
    if (large) document.documentElement.dataset['type'] = 'large';
    else delete document.documentElement.dataset['type'];
  }, [large]);
  if (!open) return null;
  return (
    <p className={line['line']}>
      {texts.line}
      <button type="button" className={controls['word']} onClick={() => { leaveLesson(screen); }}>{texts.leave}</button>
    </p>
  );
}
