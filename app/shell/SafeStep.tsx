import type { ReactNode } from 'react';
import { integer } from '../format';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import controls from './controls.module.css';
import { goTo } from './screens';

/** After a run that came to nothing: the way to the last step of which the weights are kept, from where it can be forked. */
export function SafeStep(): ReactNode {
  // A step that failed moved no weight, but one that never came back has no place on the curves.
  const step = useStudio(({ record, book: { current, snapshots } }) => (current === undefined ? undefined : snapshots.steps[current.id]?.findLast((kept) => kept <= (record?.count ?? 0))));
  if (step === undefined) return null;
  return (
    <button
      type="button" className={controls['word']}
      onClick={() => {
        useStudio.setState(({ book }) => ({ cursor: step, book: { ...book, front: undefined } }));
        goTo('train');
      }}
    >
      {strings.notice.safe(integer(step))}
    </button>
  );
}
