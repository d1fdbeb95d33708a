import { useMemo, type ReactNode } from 'react';
import { type Cell, FACET_GAP, type HeatmapShape, layoutOf } from './heatmap_layout';
import { HeatmapCells, type HeatmapProps } from './HeatmapCells';
import { useWidth } from './use_width';
import css from './Heatmap.module.css';

interface Props extends HeatmapProps {
  readonly shape: HeatmapShape;
  readonly facetHead: (facet: number) => ReactNode;
  readonly columnFoot: (column: number) => ReactNode;
  readonly rowName: (row: number) => string;
  /** Over the row names. */
  readonly rowsName: string;
}

/** Facets side by side, each rows × columns. */
export function Heatmap({ shape, facetHead, columnFoot, rowName, rowsName, ...cells }: Props): ReactNode {
  const [box, width] = useWidth();
  const layout = useMemo(() => layoutOf(shape, width), [shape, width]);
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
        <HeatmapCells shape={shape} layout={layout} same={same} marked={cells.pinned === undefined ? [] : [cells.pinned]} {...cells} />
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

function same(pinned: Cell | undefined, cell: Cell): boolean {
  return pinned?.facet === cell.facet && pinned.row === cell.row && pinned.column === cell.column;
}
