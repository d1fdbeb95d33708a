import { useEffect, useRef, type ReactNode } from 'react';
import { EvaluateView } from './evaluate/EvaluateView';
import { FuseView } from './fuse/FuseView';
import { InspectView } from './inspect/InspectView';
import { LessonLine } from './lesson/LessonLine';
import { LessonPlace } from './lesson/LessonPlace';
import { NewVersion } from './offline/NewVersion';
import { ActionBar } from './shell/ActionBar';
import { Boundary } from './shell/Boundary';
import { ErrorNotice } from './shell/ErrorNotice';
import { Header } from './shell/Header';
import { HelpDialog } from './shell/HelpDialog';
import { NoGpuNotice } from './shell/NoGpuNotice';
import { focusTitle, type Screen, useScreen } from './shell/screens';
import { SkipLink } from './shell/SkipLink';
import { useShortcuts } from './shell/use_shortcuts';
import { useStudio } from './store/studio';
import { strings } from './strings';
import { TourPlace } from './tour/TourPlace';
import { TrainView } from './train/TrainView';
import { WatchView } from './watch/WatchView';
import css from './App.module.css';

const VIEWS: Readonly<Record<Screen, () => ReactNode>> = { watch: WatchView, fuse: FuseView, train: TrainView, inspect: InspectView, evaluate: EvaluateView };

export function App(): ReactNode {
  useShortcuts();
  const asked = useScreen();
  // What a lesson leaves out has no address either.
  const left: readonly Screen[] | undefined = useStudio(({ lesson }) => lesson?.without);
  const screen = left?.includes(asked) === true ? 'watch' : asked;
  const View = VIEWS[screen];
  useArrival(screen);
  return (
    <>
      <SkipLink screen={screen} />
      <Header screen={screen} />
      <NewVersion />
      <LessonLine screen={screen} />
      <Boundary><LessonPlace /></Boundary>
      <Boundary><TourPlace screen={screen} /></Boundary>
      <main id="top" className={css[screen === 'watch' ? 'landing' : 'main']}>
        <div className={screen === 'watch' ? css['notices'] : undefined}>
          <NoGpuNotice />
          <ErrorNotice place="open" />
          <ErrorNotice place="link" />
          <ErrorNotice place="page" />
        </div>
        <Boundary key={screen}><View /></Boundary>
      </main>
      <ActionBar screen={screen} />
      <HelpDialog />
    </>
  );
}

/** A new screen begins at its top, with its title in the tab and under the keyboard. */
function useArrival(screen: Screen): void {
  const last = useRef(screen);
  useEffect(() => {
    document.title = strings.documentTitle(strings.header.screens[screen]);
    if (last.current === screen) return;
    last.current = screen;
    scrollTo({ top: 0, behavior: 'instant' });
    // The tour has the keyboard, and leads from screen to screen itself.
    if (useStudio.getState().tour === undefined) focusTitle();
  }, [screen]);
}
