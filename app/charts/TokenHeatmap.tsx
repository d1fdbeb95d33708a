import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { type CellValue, drawHeatmap } from './draw_heatmap';
import { type Cell, cellAt, GAP, type HeatmapLayout, type HeatmapShape, layoutOf, moveCell, originOf } from './heatmap_layout';
import { useWidth } from './use_width';
import css from './TokenHeatmap.module.css';

interface Props {
  readonly layers: number;
  readonly experts: readonly { readonly id: string; readonly name: string; readonly mark: string }[];
  readonly words: readonly string[];
  /** Probability by expert, layer and word. */
  readonly value: CellValue;
  readonly label: string;
  readonly layerName: string;
  readonly describe: (cell: Cell) => string;
  /** A word and layer; it is marked in every expert's facet. */
  readonly pinned: Cell | undefined;
  readonly onPin: (cell: Cell | undefined) => void;
  readonly onPoint: (cell: Cell | undefined) => void;
}

/** Layers × words, a facet an expert, as a canvas; a grid over it that keys and screen readers can walk. */
export function TokenHeatmap({ layers, experts, words, value, label, layerName, describe, pinned, onPin, onPoint }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [box, width] = useWidth();
  const shape: HeatmapShape = useMemo(
    () => ({ facets: experts.length, rows: layers, columns: words.length, stacked: true }), [experts.length, layers, words.length],
  );
  const [walked, setWalked] = useState<Cell>({ facet: 0, row: layers - 1, column: 0 });
  const at = held(walked, shape);
  const [focused, setFocused] = useState(false);
  const id = useId();
  const layout = useMemo(() => layoutOf(shape, width), [shape, width]);

  useEffect(() => {
    if (canvas.current === null || width === 0) return;
    drawHeatmap(canvas.current, shape, layout, value, { missing: 'rgb(128 128 128 / 0.15)', font: getComputedStyle(canvas.current).fontFamily });
  }, [shape, layout, value, width]);

  const point = (cell: Cell | undefined): void => {
    if (cell !== undefined) setWalked(cell);
    onPoint(cell);
  };
  const under = ({ clientX, clientY, currentTarget }: PointerEvent): Cell | undefined => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return cellAt(clientX - left, clientY - top, layout, shape);
  };
  const toggle = (): void => { onPin(pinned?.row === at.row && pinned.column === at.column ? undefined : at); };
  const onKey = (event: KeyboardEvent): void => {
    const next = moveCell(at, event.key, shape);
    if (next !== undefined) point(next);
    else if (event.key === 'Enter') toggle();
    else if (event.key === 'Escape') onPin(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css['heatmap']}>
      <span className={css['corner']} aria-hidden="true">{layerName}</span>
      <div className={css['words']} aria-hidden="true">
        {words.map((word, column) => (
          <span key={column} style={{ left: (column + 0.5) * layout.cellWidth }} data-pinned={pinned?.column === column}>{word}</span>
        ))}
      </div>
      <div className={css['names']} style={{ height: layout.height }} aria-hidden="true">
        {experts.map(({ id: expert, name, mark }, facet) => (
          <div key={expert} data-expert={expert} style={{ top: facet * layout.down, height: layers * layout.cellHeight }}>
            <strong>{name}</strong>
            {mark === '' ? null : <em>{mark}</em>}
            <span className={css['top']}>{layers}</span>
            {layers > 1 ? <span className={css['bottom']}>1</span> : null}
          </div>
        ))}
      </div>
      <div ref={box} className={css['cells']} style={{ height: layout.height }}>
        <canvas ref={canvas} aria-hidden="true" style={{ width: layout.width, height: layout.height }} />
        <div
          className={css['grid']}
          role="grid"
          aria-label={label}
          aria-rowcount={shape.facets * shape.rows}
          aria-colcount={shape.columns}
          aria-activedescendant={id}
          tabIndex={0}
          onKeyDown={onKey}
          onFocus={() => { setFocused(true); onPoint(at); }}
          onBlur={() => { setFocused(false); onPoint(undefined); }}
          onPointerMove={(event) => { point(under(event)); }}
          onPointerLeave={() => { onPoint(undefined); }}
          onClick={toggle}
        >
          <div role="row" aria-rowindex={at.facet * shape.rows + shape.rows - at.row}>
            <div
              id={id} role="gridcell" className={css['at']} aria-colindex={at.column + 1} aria-label={describe(at)} data-shown={focused}
              aria-selected={pinned?.row === at.row && pinned.column === at.column} style={ring(at, layout, shape)}
            />
          </div>
        </div>
        {pinned === undefined ? null : experts.map(({ id: expert }, facet) => (
          <div key={expert} className={css['pin']} style={ring({ ...pinned, facet }, layout, shape)} />
        ))}
      </div>
    </div>
  );
}

function ring(cell: Cell, layout: HeatmapLayout, shape: HeatmapShape): React.CSSProperties {
  const [left, top] = originOf(cell, layout, shape.rows);
  return { left, top, width: layout.cellWidth - GAP, height: layout.cellHeight - GAP };
}

/** A cell of the last answer may lie outside of a shorter one. */
function held({ facet, row, column }: Cell, { facets, rows, columns }: HeatmapShape): Cell {
  return { facet: Math.min(facet, facets - 1), row: Math.min(row, rows - 1), column: Math.max(0, Math.min(column, columns - 1)) };
}
