import type { ReactNode } from 'react';
import type { ModelCard, SourceModel } from '../../src/engine/protocol';
import { integer, parameters } from '../format';
import { AnswerText } from '../compare/AnswerText';
import { isBusy } from '../store/answer';
import { askSources } from '../store/asking';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import controls from '../shell/controls.module.css';
import css from './ModelPanels.module.css';

export function ModelPanel({ model }: { readonly model: SourceModel }): ReactNode {
  const { fuse, models } = strings;
  const card = useStudio(({ cards }) => cards.find(({ id }) => id === model));
  const answer = useStudio(({ sourceAnswers }) => sourceAnswers[model]);
  const ready = useStudio(({ engine }) => engine === 'ready');
  return (
    <article className={css['model']} data-expert={model} aria-label={models[model]}>
      <div>
        <h3>{card?.name ?? models[model]}</h3>
        {card === undefined ? null : <Facts card={card} />}
      </div>
      <AnswerText answer={answer} />
      {isBusy(answer) ? null : (
        <button type="button" className={controls['word']} disabled={!ready} onClick={() => { void askSources([model]); }}>
          {answer === undefined ? fuse.askOne(models[model]) : fuse.askAgain}
        </button>
      )}
    </article>
  );
}

function Facts({ card }: { readonly card: ModelCard }): ReactNode {
  const { fuse } = strings;
  return (
    <>
      <p className={css['note']}>{card.rows === undefined ? fuse.unaligned : fuse.aligned(integer(card.rows))}</p>
      <p className={css['note']}>{fuse.parameters(parameters(card.parameters))}</p>
      <p className={css['about']}>{card.origin === 'embedded' ? card.description : strings.own.brings[card.origin]}</p>
    </>
  );
}
