import { useId, type ReactNode } from 'react';
import { holdOf, type LessonPart } from '../store/lesson';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './Part.module.css';

/** Controls that a lesson can lock or leave out. Locked ones are disabled, and say why. It takes no room of its own. */
export function Part({ name, children }: { readonly name: LessonPart; readonly children: ReactNode }): ReactNode {
  const hold = useStudio(({ lesson }) => holdOf(lesson, name));
  const id = useId();
  if (hold === 'hidden') return null;
  const { parts, locked } = strings.around.lesson;
  const why = locked(parts[name]);
  return hold === 'free' ? <fieldset key="part" role="none" className={css['part']} data-part={name}>{children}</fieldset> : (
    <fieldset key="part" className={css['part']} data-part={name} disabled title={why} aria-label={parts[name]} aria-describedby={id}>
      {children}
      <span id={id} className="visually-hidden">{why}</span>
    </fieldset>
  );
}

/** Words beside a part that a lesson leaves out are left out with it. */
export function useHidden(name: LessonPart): boolean {
  return useStudio(({ lesson }) => holdOf(lesson, name) === 'hidden');
}

/** For a single control: why it is locked; undefined while it is free. */
export function useLocked(name: LessonPart): string | undefined {
  const hold = useStudio(({ lesson }) => holdOf(lesson, name));
  const { parts, locked } = strings.around.lesson;
  return hold === 'free' ? undefined : locked(parts[name]);
}
