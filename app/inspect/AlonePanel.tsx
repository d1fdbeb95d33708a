import { useEffect, type ReactNode } from 'react';
import type { Voice } from '../../src/engine/protocol';
import { integer, significant } from '../format';
import controls from '../shell/controls.module.css';
import { Panel } from '../shell/Panel';
import { askAlone, keyOf, placeOf, stopAlone } from '../store/alone';
import type { Answer } from '../store/answer';
import { useInspect } from '../store/inspect';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { aloneTitle, probabilityOf, wordOf } from './alone_facts';
import css from './AlonePanel.module.css';

interface Props {
  /** Of the fused model, as trained. */
  readonly answer: Answer;
  /** Index of the token that is asked about. */
  readonly at: number;
}

/** What the fused model and each expert alone would have said at one word: the engine is asked as soon as the word is chosen. */
export function AlonePanel({ answer, at }: Props): ReactNode {
  const texts = strings.alone;
  const runs = useStudio((state) => state.runs);
  const ready = useStudio(({ engine }) => engine === 'ready');
  const place = placeOf(answer, at);
  const key = place === undefined ? undefined : keyOf(place, runs);
  const alone = useInspect((state) => (state.alone?.key === key ? state.alone : undefined));
  useEffect(() => {
    const asked = placeOf(answer, at);
    if (asked !== undefined && ready) void askAlone(asked);
  }, [answer, at, ready, runs]);
  const word = wordOf(answer.tokens[at]?.text ?? '');
  const ask = (): void => { if (place !== undefined) void askAlone(place, true); };
  const voices = alone?.voices ?? [];
  const later = alone?.step !== undefined && answer.step !== undefined && alone.step !== answer.step;
  return (
    <Panel
      title={aloneTitle(word, voices)}
      note={place === undefined ? texts.recorded : later ? `${texts.note} ${texts.later(integer(alone.step), integer(answer.step))}` : texts.note}
      actions={place === undefined ? undefined : alone?.state === 'waiting' ? (
        <button type="button" className={controls['word']} onClick={stopAlone}>{texts.stop}</button>
      ) : <button type="button" className={controls['word']} disabled={!ready} onClick={ask}>{texts.again}</button>}
    >
      <div className={css['voices']} aria-busy={alone?.state === 'waiting'}>
        {voices.map((voice) => <VoiceTable key={voice.who} voice={voice} word={word} />)}
      </div>
      <p className={css['status']} role="status">{alone?.state === 'waiting' ? texts.waiting : alone?.state === 'stopped' ? texts.stopped : voices.length > 0 ? <span className="visually-hidden">{texts.told}</span> : ''}</p>
    </Panel>
  );
}

function VoiceTable({ voice: { who, top, logProbability }, word }: { readonly voice: Voice; readonly word: string }): ReactNode {
  const texts = strings.alone;
  const name = who === 'fused' ? texts.who.fused : texts.who.alone(strings.models[who]);
  return (
    <table className={css['voice']} data-expert={who}>
      <caption>{name}</caption>
      <colgroup><col className={css['word']} /><col /><col className={css['number']} /></colgroup>
      <thead className="visually-hidden"><tr><th scope="col">{texts.head.word}</th><td /><th scope="col">{texts.head.probability}</th></tr></thead>
      <tbody>
        {top.map(({ text, probability, chosen }, i) => (
          <tr key={i} data-chosen={chosen}>
            <th scope="row">{wordOf(text)}</th>
            <td><span className={css['bar']} style={{ width: `${String(100 * probability)}%` }} /></td>
            <td>{probabilityOf(probability)}</td>
          </tr>
        ))}
      </tbody>
      {top.some(({ chosen }) => chosen) ? null : <tfoot><tr><td colSpan={3}>{texts.written(word, significant(logProbability))}</td></tr></tfoot>}
    </table>
  );
}
