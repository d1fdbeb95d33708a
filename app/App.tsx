import type { ReactNode } from 'react';
import { EXPERTS } from '../src/engine/protocol';
import { ModelPanels } from './fuse/ModelPanels';
import { RecipePanel } from './fuse/RecipePanel';
import { ActionBar } from './shell/ActionBar';
import { ErrorNotice } from './shell/ErrorNotice';
import { Header } from './shell/Header';
import { HelpDialog } from './shell/HelpDialog';
import { NoGpuNotice } from './shell/NoGpuNotice';
import { useShortcuts } from './shell/use_shortcuts';
import { strings } from './strings';
import { TrainView } from './train/TrainView';
import { AskView } from './watch/AskView';
import css from './App.module.css';

export function App(): ReactNode {
  useShortcuts();
  return (
    <>
      <Header />
      <main id="top" className={css['main']}>
        <section id="fuse" className={css['fuse']} aria-labelledby="studio-title">
          <div className={css['introduction']}>
            <h1 id="studio-title">{strings.hero}</h1>
            <Lead />
            <NoGpuNotice />
            <ErrorNotice place="open" />
            <ModelPanels />
          </div>
          <div className={css['recipe']}><RecipePanel /></div>
        </section>
        <TrainView />
        <AskView />
      </main>
      <ActionBar />
      <HelpDialog />
    </>
  );
}

/** The three names in their own colours, which all figures keep. */
function Lead(): ReactNode {
  const { lead } = strings.watch;
  return (
    <p className={css['lead']}>
      {lead.map((text, i) => {
        const expert = EXPERTS[i];
        return (
          <span key={text}>
            {text}
            {expert === undefined ? null : <strong data-expert={expert}>{strings.models[expert].toLowerCase()}</strong>}
          </span>
        );
      })}
    </p>
  );
}
