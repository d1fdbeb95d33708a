import { lazy, Suspense, type ReactNode } from 'react';
import { Segments } from '../shell/Segments';
import { ErrorNotice } from '../shell/ErrorNotice';
import { type InspectMode, useInspect } from '../store/inspect';
import { strings } from '../strings';
import { LookView } from './LookView';
import { useTitle } from './use_title';
import css from './InspectView.module.css';

const { modes } = strings;
const OPTIONS: readonly { readonly value: InspectMode; readonly name: string }[] = [
  { value: 'look', name: modes.look }, { value: 'guess', name: modes.guess }, { value: 'side', name: modes.side },
];
const GuessView = lazy(async () => ({ default: (await import('./GuessView')).GuessView }));
const SideView = lazy(async () => ({ default: (await import('../compare/SideView')).SideView }));
const VIEWS = { look: LookView, guess: GuessView, side: SideView } as const;

/** One prompt, three ways to take its answer apart: look into it, guess before looking, hold it against others. */
export function InspectView(): ReactNode {
  const mode = useInspect((state) => state.mode);
  const title = useTitle();
  const View = VIEWS[mode];
  return (
    <>
      <div className={css['head']}>
        <h1 tabIndex={-1}>{title}</h1>
        <Segments label={modes.label} bare value={mode} options={OPTIONS} onChange={(next) => { useInspect.setState({ mode: next }); }} />
      </div>
      <ErrorNotice place="watch" />
      <Suspense><View /></Suspense>
    </>
  );
}
