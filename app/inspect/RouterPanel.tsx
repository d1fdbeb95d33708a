import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { CellValue } from '../charts/draw_heatmap';
import { Heatmap } from '../charts/Heatmap';
import type { Cell } from '../charts/heatmap_layout';
import { EXPERTS } from '../../src/engine/protocol';
import { fixed, integer } from '../format';
import { Panel } from '../shell/Panel';
import controls from '../shell/controls.module.css';
import { useRecordCount } from '../store/use_record';
import { shownRecord, useStudio } from '../store/studio';
import { strings } from '../strings';
import { ProbabilityScale } from './ProbabilityScale';
import { probability, routerTitle, SOME_LAYERS } from './router_facts';
import { RouterTable } from './RouterTable';
import css from './RouterPanel.module.css';

const DRAW_EVERY = 500;

/** Layer × expert for the rows of each dataset: whom the router calls, and for what. */
export function RouterPanel(): ReactNode {
  const { inspect } = strings;
  const record = useStudio(shownRecord);
  const cursor = useStudio((state) => state.cursor);
  const modelLayers = useStudio(({ cards }) => cards[0]?.layers ?? SOME_LAYERS);
  const count = useRecordCount(record, DRAW_EVERY);
  const [pinned, setPinned] = useState<Cell>();
  const [pointed, setPointed] = useState<Cell>();
  const [asTable, setAsTable] = useState(false);

  // Before its first step a run has reported nothing.
  const step = Math.max(1, cursor ?? count);
  const frame = useMemo(() => record?.frame(step), [record, step]);
  const layers = frame?.layers ?? modelLayers;
  const shape = useMemo(() => ({ facets: EXPERTS.length, rows: layers, columns: EXPERTS.length }), [layers]);
  const value: CellValue = useCallback((facet, row, column) => probability(frame, row, facet, column), [frame]);
  const describe = useCallback(({ facet, row, column }: Cell): string => {
    const p = value(facet, row, column);
    return inspect.cell(name(facet), String(row + 1), name(column), Number.isFinite(p) ? fixed(p, 2) : inspect.notReported);
  }, [value, inspect]);

  const spoken = pointed ?? pinned;
  const status = spoken === undefined ? '' : pinned !== undefined && pointed === undefined ? inspect.pinned(describe(pinned)) : describe(spoken);
  return (
    <Panel
      title={routerTitle(frame)}
      note={frame === undefined ? inspect.noteEmpty : inspect.note(integer(frame.step))}
      actions={(
        <button type="button" className={controls['word']} aria-expanded={asTable} onClick={() => { setAsTable(!asTable); }}>
          {asTable ? inspect.hideTable : inspect.showTable}
        </button>
      )}
    >
      <figure className={css['figure']}>
        <Heatmap
          key={layers}
          shape={shape}
          value={value}
          label={inspect.grid}
          describe={describe}
          pinned={pinned}
          onPin={setPinned}
          onPoint={setPointed}
          facetHead={(facet) => <span className={css['facet']} data-expert={EXPERTS[facet]}>{inspect.facet(name(facet))}</span>}
          columnFoot={(column) => <span className={css['foot']} data-expert={EXPERTS[column]}>{strings.tiles[EXPERTS[column] ?? 'helpful']}</span>}
          rowsName={inspect.layer}
          rowName={(row) => String(row + 1)}
        />
        {frame === undefined ? <figcaption className={css['empty']}><span>{inspect.empty}</span></figcaption> : null}
      </figure>
      <p className={css['status']} role="status">{status}</p>
      <ProbabilityScale />
      {asTable ? <RouterTable frame={frame} layers={layers} /> : null}
    </Panel>
  );
}

function name(expert: number): string {
  return strings.models[EXPERTS[expert] ?? 'helpful'];
}
