import { useMemo, type ReactNode } from 'react';
import { type Cell, type HeatmapShape, layoutOf } from './heatmap_layout';
import { HeatmapCells, type HeatmapProps } from './HeatmapCells';
import { useWidth } from './use_width';
import css from './TokenHeatmap.module.css';

interface Props extends HeatmapProps {
  readonly layers: number;
  /** `mark` says what is done to an expert. */
  readonly experts: readonly { readonly id: string; readonly name: string; readonly mark: string }[];
  readonly words: readonly string[];
  readonly layerName: string;
}

/** Layers × words, a facet an expert, one below the other; a pinned word and layer is marked in every facet. */
export function TokenHeatmap({ layers, experts, words, layerName, ...cells }: Props): ReactNode {
  const [box, width] = useWidth();
  const shape: HeatmapShape = useMemo(
    () => ({ facets: experts.length, rows: layers, columns: words.length, stacked: true }), [experts.length, layers, words.length],
  );
  const layout = useMemo(() => layoutOf(shape, width), [shape, width]);
  const { pinned } = cells;
  return (
    <div className={css['heatmap']}>
      <span className={css['corner']} aria-hidden="true">{layerName}</span>
      <div className={css['words']} aria-hidden="true">
        {words.map((word, column) => (
          <span key={column} style={{ left: (column + 0.5) * layout.cellWidth }} data-pinned={pinned?.column === column}>{word}</span>
        ))}
      </div>
      <div className={css['names']} style={{ height: layout.height }} aria-hidden="true">
        {experts.map(({ id, name, mark }, facet) => (
          <div key={id} data-expert={id} style={{ top: facet * layout.down, height: layers * layout.cellHeight }}>
            <strong>{name}</strong>
            {mark === '' ? null : <em>{mark}</em>}
            <span className={css['top']}>{layers}</span>
            {layers > 1 ? <span className={css['bottom']}>1</span> : null}
          </div>
        ))}
      </div>
      <div ref={box} className={css['cells']} style={{ height: layout.height }}>
        <HeatmapCells
          shape={shape}
          layout={layout}
          same={samePlace}
          marked={pinned === undefined ? [] : experts.map((_, facet) => ({ ...pinned, facet }))}
          {...cells}
        />
      </div>
    </div>
  );
}

function samePlace(pinned: Cell | undefined, { row, column }: Cell): boolean {
  return pinned?.row === row && pinned.column === column;
}
