import { useMemo, useState, type ReactNode } from 'react';
import { integer } from '../format';
import { Panel } from '../shell/Panel';
import { type Answer, newAnswer } from '../store/answer';
import { strings } from '../strings';
import { GatePicture } from '../watch/GatePanel';
import { lastLayer, sentence } from '../watch/routing_facts';
import { Score } from '../watch/Score';
import { lastWord, useWatched } from '../watch/use_watched';
import css from './TakePanel.module.css';

/** What the model had written to the watched prompt by the step that is shown, and the gate of one of its words. */
export function TakePanel(): ReactNode {
  const { take: texts } = strings.train;
  const { prompt, take } = useWatched();
  const [pointed, setPointed] = useState<number>();
  const answer = useMemo((): Answer | undefined => (
    take === undefined ? undefined : { ...newAnswer('fused', take.prompt), state: 'end', tokens: take.tokens }
  ), [take]);
  const tokens = answer?.tokens ?? [];
  const last = lastWord(tokens);
  const active = pointed !== undefined && pointed < tokens.length ? pointed : last < 0 ? undefined : last;
  const token = active === undefined ? undefined : tokens[active];
  return (
    <Panel title={take === undefined ? texts.title : texts.at(integer(take.step))} note={texts.note(prompt)}>
      <div className={css['score']}>
        <Score answer={answer} active={active} onActive={setPointed} routed panel empty={texts.empty} label={texts.label} />
      </div>
      <p className={css['said']}>{token?.routing === undefined ? '' : sentence(token.text.trim(), lastLayer(token.routing))}</p>
      <div className={css['gate']}><GatePicture answer={answer} active={active} /></div>
    </Panel>
  );
}
