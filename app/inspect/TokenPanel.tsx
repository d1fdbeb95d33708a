import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { CellValue } from '../charts/draw_heatmap';
import type { Cell } from '../charts/heatmap_layout';
import { TokenHeatmap } from '../charts/TokenHeatmap';
import { EXPERTS } from '../../src/engine/protocol';
import { fixed } from '../format';
import { Panel } from '../shell/Panel';
import controls from '../shell/controls.module.css';
import type { Answer } from '../store/answer';
import { routedTokens } from '../store/called';
import { type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';
import { ProbabilityScale } from './ProbabilityScale';
import { TokenTable } from './TokenTable';
import css from './TokenPanel.module.css';

/** Columns of the picture before there is an answer. */
const NO_WORDS: readonly string[] = Array.from({ length: 8 }, () => '');

interface Props {
  /** Of the fused model, as trained. */
  readonly answer: Answer;
  readonly layers: number;
  /** It was recorded elsewhere. */
  readonly recorded: boolean;
  readonly pinned: Cell | undefined;
  readonly onPin: (cell: Cell | undefined) => void;
}

/** Layers × words of an answer, a facet an expert; one cell can be pinned and read beside it. */
export function TokenPanel({ answer, layers, recorded, pinned, onPin }: Props): ReactNode {
  const { tokens: texts, models, inspect } = strings;
  const stepped = useStudio((state) => state.stepped !== undefined);
  const marks = useStudio(marksOf);
  const [pointed, setPointed] = useState<Cell>();
  const routed = useMemo(() => routedTokens(answer.tokens).map(({ token }) => token), [answer]);
  const empty = routed.length === 0;
  const words = useMemo(() => (empty ? NO_WORDS : routed.map(({ text }) => text.trim())), [empty, routed]);
  const value: CellValue = useCallback((facet, row, column) => {
    const routing = routed[column]?.routing;
    return routing?.probabilities[row * routing.experts + facet] ?? NaN;
  }, [routed]);
  const describe = ({ facet, row, column }: Cell): string => texts.cell(
    models[EXPERTS[facet] ?? 'helpful'], String(row + 1), words[column] ?? '', fixed(value(facet, row, column), 2),
  );
  const [asTable, setAsTable] = useState(false);
  const spoken = pointed ?? pinned;
  return (
    <Panel
      title={texts.title} note={empty ? texts.noteEmpty : recorded ? texts.recorded : stepped ? texts.noteStepped : texts.note}
      {...(empty ? {} : { actions: (
        <button type="button" className={controls['word']} aria-expanded={asTable} onClick={() => { setAsTable(!asTable); }}>{asTable ? inspect.hideTable : inspect.showTable}</button>
      ) })}
    >
      <div className={css['place']}>
        <figure className={css['figure']} inert={empty}>
          <TokenHeatmap
            layers={layers}
            experts={EXPERTS.map((id, e) => ({ id, name: models[id], mark: marks.split(',')[e] ?? '' }))}
            words={words}
            value={value}
            label={texts.grid}
            layerName={inspect.layer}
            describe={describe}
            pinned={pinned}
            onPin={onPin}
            onPoint={setPointed}
          />
        </figure>
        {empty ? <p className={css['empty']}><span>{texts.empty}</span></p> : null}
      </div>
      <p className={css['status']} role="status">{spoken === undefined ? '' : describe(spoken)}</p>
      <ProbabilityScale />
      {asTable && !empty ? <TokenTable layers={layers} words={words} value={value} /> : null}
    </Panel>
  );
}

/** One word a facet, as one string: a selector that gave a list would be new each time. */
function marksOf({ steps: { now } }: StudioState): string {
  const { tokens } = strings;
  return EXPERTS.map((expert) => (now.forced === expert ? tokens.forced : now.muted.includes(expert) ? tokens.muted : '')).join(',');
}
