import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { type CellValue, drawHeatmap } from './draw_heatmap';
import { type Cell, cellAt, FACET_GAP, GAP, type HeatmapShape, layoutOf, moveCell, originOf } from './heatmap_layout';
import { useWidth } from './use_width';
import css from './Heatmap.module.css';

interface Props {
  readonly shape: HeatmapShape;
  readonly value: CellValue;
  readonly label: string;
  /** What a cell says, for the status line and the ear. */
  readonly describe: (cell: Cell) => string;
  readonly pinned: Cell | undefined;
  readonly onPin: (cell: Cell | undefined) => void;
  /** The cell that the pointer or the keys are on. */
  readonly onPoint: (cell: Cell | undefined) => void;
  readonly facetHead: (facet: number) => ReactNode;
  readonly columnFoot: (column: number) => ReactNode;
  readonly rowName: (row: number) => string;
  /** Over the row names. */
  readonly rowsName: string;
}

/** Probabilities as a canvas, with a grid over it that keys and screen readers can walk. */
export function Heatmap(props: Props): ReactNode {
  const { shape, value, label, describe, pinned, onPin, onPoint, facetHead, columnFoot, rowName, rowsName } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [box, width] = useWidth();
  const [at, setAt] = useState<Cell>({ facet: 0, row: shape.rows - 1, column: 0 });
  const [focused, setFocused] = useState(false);
  const id = useId();
  const layout = useMemo(() => layoutOf(shape, width), [shape, width]);

  useEffect(() => {
    if (canvas.current === null || width === 0) return;
    const { fontFamily } = getComputedStyle(canvas.current);
    drawHeatmap(canvas.current, shape, layout, value, { missing: 'rgb(128 128 128 / 0.15)', font: fontFamily });
  }, [shape, layout, value, width]);

  const point = (cell: Cell | undefined): void => {
    if (cell !== undefined) setAt(cell);
    onPoint(cell);
  };
  const under = ({ clientX, clientY, currentTarget }: PointerEvent): Cell | undefined => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return cellAt(clientX - left, clientY - top, layout, shape);
  };
  const onKey = (event: KeyboardEvent): void => {
    const next = moveCell(at, event.key, shape);
    if (next !== undefined) point(next);
    else if (event.key === 'Enter') onPin(same(pinned, at) ? undefined : at);
    else if (event.key === 'Escape') onPin(undefined);
    else return;
    event.preventDefault();
  };
  const ring = (cell: Cell): React.CSSProperties => {
    const [left, top] = originOf(cell, layout, shape.rows);
    return { left, top, width: layout.cellWidth - GAP, height: layout.cellHeight - GAP };
  };
  const facets = Array.from({ length: shape.facets }, (_, facet) => facet);
  return (
    <div className={css['heatmap']}>
      <span className={css['corner']} aria-hidden="true">{rowsName}</span>
      <div className={css['heads']} style={{ gap: FACET_GAP }}>
        {facets.map((facet) => <div key={facet} style={{ width: layout.facetWidth }}>{facetHead(facet)}</div>)}
      </div>
      <div className={css['rows']} aria-hidden="true">
        <span>{rowName(shape.rows - 1)}</span>
        {shape.rows > 1 ? <span>{rowName(0)}</span> : null}
      </div>
      <div ref={box} className={css['cells']} style={{ height: layout.height }}>
        <canvas ref={canvas} aria-hidden="true" style={{ width: layout.width, height: layout.height }} />
        <div
          className={css['grid']}
          role="grid"
          aria-label={label}
          aria-rowcount={shape.rows}
          aria-colcount={shape.facets * shape.columns}
          aria-activedescendant={id}
          tabIndex={0}
          onKeyDown={onKey}
          onFocus={() => { setFocused(true); onPoint(at); }}
          onBlur={() => { setFocused(false); onPoint(undefined); }}
          onPointerMove={(event) => { point(under(event)); }}
          onPointerLeave={() => { onPoint(undefined); }}
          onClick={() => { onPin(same(pinned, at) ? undefined : at); }}
        >
          <div role="row" aria-rowindex={shape.rows - at.row}>
            <div
              id={id}
              role="gridcell"
              className={css['at']}
              aria-colindex={at.facet * shape.columns + at.column + 1}
              aria-selected={same(pinned, at)}
              aria-label={describe(at)}
              data-shown={focused}
              style={ring(at)}
            />
          </div>
        </div>
        {pinned === undefined ? null : <div className={css['pin']} style={ring(pinned)} />}
      </div>
      <div className={css['feet']} style={{ gap: FACET_GAP }} aria-hidden="true">
        {facets.map((facet) => (
          <div key={facet} style={{ width: layout.facetWidth }}>
            {Array.from({ length: shape.columns }, (_, column) => <span key={column}>{columnFoot(column)}</span>)}
          </div>
        ))}
      </div>
    </div>
  );
}

function same(a: Cell | undefined, b: Cell): boolean {
  return a?.facet === b.facet && a.row === b.row && a.column === b.column;
}
