import type { ReactNode } from 'react';
import type { AnswerModel } from '../../src/engine/protocol';
import { Comparison } from '../compare/Comparison';
import { Part } from '../lesson/Part';
import { Panel } from '../shell/Panel';
import type { Answer, AnswerToken } from '../store/answer';
import { askBaseline } from '../store/asking';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { CellPanel } from './CellPanel';
import { nowAt } from './fork';
import { StepPanel } from './StepPanel';
import { WordPanel } from './WordPanel';
import css from './InspectView.module.css';

interface Props {
  /** Who answered, or would. */
  readonly speaker: AnswerModel;
  /** That is pointed at, or being written. */
  readonly word: AnswerToken | undefined;
  /** The fused model's answer as trained, here or recorded. */
  readonly inspected: Answer;
  readonly stepped: Answer | undefined;
  /** Token and layer of the pinned cell. */
  readonly at: number | undefined;
  readonly layer: number | undefined;
  /** Of the model. */
  readonly layers: number;
  readonly onUnpin: () => void;
}

/** Beside the answer: one word of it, what can be done to the router, and who else could answer. */
export function LookRail({ speaker, word, inspected, stepped, at, layer, layers, onUnpin }: Props): ReactNode {
  const compared = useStudio((state) => (state.compared?.model === state.baseline ? state.compared : undefined));
  const pinned = at === undefined ? undefined : inspected.tokens[at];
  return (
    <div className={css['rail']}>
      {at === undefined || layer === undefined || pinned === undefined ? <WordPanel token={word} speaker={speaker} /> : (
        <CellPanel token={pinned} now={nowAt(inspected.tokens, stepped, at)} layer={layer} onUnpin={onUnpin} />
      )}
      <Part name="step"><Spot name="mute"><StepPanel layers={layers} /></Spot></Part>
      <Part name="compare">
        <div className={css['compare']}>
          <Panel title={strings.compare.title}>
            <Comparison answer={compared} onAsk={(baseline) => { void askBaseline(baseline); }} />
          </Panel>
        </div>
      </Part>
    </div>
  );
}
