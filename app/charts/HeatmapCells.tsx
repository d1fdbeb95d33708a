import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { type CellValue, drawHeatmap } from './draw_heatmap';
import { type Cell, cellAt, GAP, type HeatmapLayout, type HeatmapShape, held, moveCell, originOf } from './heatmap_layout';
import css from './HeatmapCells.module.css';

export interface HeatmapProps {
  readonly value: CellValue;
  readonly label: string;
  /** What a cell says, for the status line and the ear. */
  readonly describe: (cell: Cell) => string;
  readonly pinned: Cell | undefined;
  readonly onPin: (cell: Cell | undefined) => void;
  /** The cell that the pointer or the keys are on. */
  readonly onPoint: (cell: Cell | undefined) => void;
}

interface Props extends HeatmapProps {
  readonly shape: HeatmapShape;
  readonly layout: HeatmapLayout;
  /** Whether a cell counts as the pinned one; where facets stand for one thing, its place alone. */
  readonly same: (pinned: Cell | undefined, cell: Cell) => boolean;
  /** Cells that are marked as pinned. */
  readonly marked: readonly Cell[];
}

/** Probabilities as a canvas, with a grid over it that keys and screen readers can walk. */
export function HeatmapCells({ shape, layout, value, label, describe, pinned, onPin, onPoint, same, marked }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [walked, setWalked] = useState<Cell>({ facet: 0, row: shape.rows - 1, column: 0 });
  const at = held(walked, shape);
  const [focused, setFocused] = useState(false);
  const id = useId();

  useEffect(() => {
    if (canvas.current === null || layout.width === 0) return;
    drawHeatmap(canvas.current, shape, layout, value, { missing: 'rgb(128 128 128 / 0.15)', font: getComputedStyle(canvas.current).fontFamily });
  }, [shape, layout, value]);

  const point = (cell: Cell | undefined): void => {
    if (cell !== undefined) setWalked(cell);
    onPoint(cell);
  };
  const under = ({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>): Cell | undefined => {
    const { left, top, width } = currentTarget.getBoundingClientRect();
    // Large type zooms the page: the pointer is told in px of the window, the layout in its own.
    const zoom = width === 0 ? 1 : width / currentTarget.offsetWidth;
    return cellAt((clientX - left) / zoom, (clientY - top) / zoom, layout, shape);
  };
  const toggle = (cell: Cell): void => { onPin(same(pinned, cell) ? undefined : cell); };
  const onKey = (event: KeyboardEvent): void => {
    const next = moveCell(at, event.key, shape);
    if (next !== undefined) point(next);
    else if (event.key === 'Enter') toggle(at);
    else if (event.key === 'Escape') onPin(undefined);
    else return;
    event.preventDefault();
  };
  const ring = (cell: Cell): React.CSSProperties => {
    const [left, top] = originOf(cell, layout, shape.rows);
    return { left, top, width: layout.cellWidth - GAP, height: layout.cellHeight - GAP };
  };
  const stacked = shape.stacked === true;
  return (
    <>
      <canvas ref={canvas} className={css['canvas']} aria-hidden="true" style={{ width: layout.width, height: layout.height }} />
      <div
        className={css['grid']}
        role="grid"
        aria-label={label}
        aria-rowcount={stacked ? shape.facets * shape.rows : shape.rows}
        aria-colcount={stacked ? shape.columns : shape.facets * shape.columns}
        aria-activedescendant={id}
        tabIndex={0}
        onKeyDown={onKey}
        onFocus={() => { setFocused(true); onPoint(at); }}
        onBlur={() => { setFocused(false); onPoint(undefined); }}
        onPointerMove={(event) => { point(under(event)); }}
        onPointerLeave={() => { onPoint(undefined); }}
        onClick={(event) => {
          // A finger points and pins at once: no move comes before its click.
          const cell = under(event) ?? at;
          point(cell);
          toggle(cell);
        }}
      >
        <div role="row" aria-rowindex={(stacked ? at.facet * shape.rows : 0) + shape.rows - at.row}>
          <div
            id={id}
            role="gridcell"
            className={css['at']}
            aria-colindex={(stacked ? 0 : at.facet * shape.columns) + at.column + 1}
            aria-selected={same(pinned, at)}
            aria-label={describe(at)}
            data-shown={focused}
            style={ring(at)}
          />
        </div>
      </div>
      {marked.map((cell) => <div key={cell.facet} className={css['pin']} style={ring(cell)} />)}
    </>
  );
}
