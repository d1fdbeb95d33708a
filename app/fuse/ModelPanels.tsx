import type { ReactNode } from 'react';
import type { SourceModel } from '../../src/engine/protocol';
import { BaselineChoice, Comparison } from '../compare/Comparison';
import { Part, useLocked } from '../lesson/Part';
import { isBusy } from '../store/answer';
import { anotherPrompt, askSources, stopSources } from '../store/asking';
import { type PanelModel, useStudio } from '../store/studio';
import { strings } from '../strings';
import { ErrorNotice } from '../shell/ErrorNotice';
import controls from '../shell/controls.module.css';
import { ModelPanel } from './ModelPanel';
import css from './ModelPanels.module.css';

const MODELS: readonly SourceModel[] = ['base', 'helpful', 'harmless', 'honest'];

/** The four models are introduced by what they say to one prompt; a baseline may say it beside them. */
export function ModelPanels(): ReactNode {
  const { fuse } = strings;
  const prompt = useStudio(({ prompts, samePrompt }) => prompts[samePrompt]);
  const several = useStudio(({ prompts }) => prompts.length > 1);
  const ready = useStudio(({ engine }) => engine === 'ready');
  const opening = useStudio(({ engine }) => engine === 'opening');
  const busy = useStudio(({ sourceAnswers }) => Object.values(sourceAnswers).some(isBusy));
  const baseline = useStudio((state) => state.baseline);
  const compared = useStudio(({ sourceAnswers }) => (baseline === undefined ? undefined : sourceAnswers[baseline]));
  const locked = useLocked('prompt');
  const all: readonly PanelModel[] = baseline === undefined ? MODELS : [...MODELS, baseline];
  return (
    <>
      <div className={css['prompt']}>
        {prompt === undefined ? <p>{opening ? fuse.loading : fuse.noModels}</p> : <p>{baseline === undefined ? fuse.samePrompt : fuse.samePromptFive} <q>{prompt}</q></p>}
        <div className={css['actions']}>
          <Part name="compare"><BaselineChoice brief /></Part>
          {several ? <button type="button" className={controls['word']} disabled={locked !== undefined} title={locked} onClick={anotherPrompt}>{fuse.anotherPrompt}</button> : null}
          {busy ? (
            <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} onClick={stopSources}>{fuse.stop}</button>
          ) : (
            <button
              type="button"
              className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`}
              disabled={!ready}
              onClick={() => { void askSources(all); }}
            >
              {baseline === undefined ? fuse.askAll : fuse.askAllFive}
            </button>
          )}
        </div>
      </div>
      <ErrorNotice place="fuse" />
      <div className={css['models']}>
        {MODELS.map((model) => <ModelPanel key={model} model={model} />)}
      </div>
      {baseline === undefined ? null : (
        <div className={css['comparison']}>
          <Part name="compare"><Comparison answer={compared} onAsk={(model) => { void askSources([model]); }} apart /></Part>
        </div>
      )}
    </>
  );
}
