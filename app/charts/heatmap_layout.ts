/** A row of facets, each rows × columns of cells 1 px apart. All in CSS px. */
export interface HeatmapLayout {
  readonly width: number;
  readonly height: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly facetWidth: number;
}

export interface HeatmapShape {
  readonly facets: number;
  readonly rows: number;
  readonly columns: number;
}

/** Where a cell stands; row 0 is the lowest. */
export interface Cell {
  readonly facet: number;
  readonly row: number;
  readonly column: number;
}

export const GAP = 1;
export const FACET_GAP = 20;
const TALLEST = 26;
const LOWEST = 10;
const MOST_HEIGHT = 320;

export function layoutOf({ facets, rows, columns }: HeatmapShape, width: number): HeatmapLayout {
  const inner = width - FACET_GAP * (facets - 1);
  const cellWidth = Math.max(2, Math.floor(inner / (facets * columns)));
  const cellHeight = Math.max(LOWEST, Math.min(TALLEST, Math.floor(MOST_HEIGHT / rows)));
  return { width, height: rows * cellHeight, cellWidth, cellHeight, facetWidth: columns * cellWidth };
}

export function originOf({ facet, row, column }: Cell, layout: HeatmapLayout, rows: number): readonly [x: number, y: number] {
  return [facet * (layout.facetWidth + FACET_GAP) + column * layout.cellWidth, (rows - 1 - row) * layout.cellHeight];
}

export function cellAt(x: number, y: number, layout: HeatmapLayout, shape: HeatmapShape): Cell | undefined {
  const facet = Math.floor(x / (layout.facetWidth + FACET_GAP));
  const column = Math.floor((x - facet * (layout.facetWidth + FACET_GAP)) / layout.cellWidth);
  const row = shape.rows - 1 - Math.floor(y / layout.cellHeight);
  const inside = facet >= 0 && facet < shape.facets && column >= 0 && column < shape.columns && row >= 0 && row < shape.rows;
  return inside ? { facet, row, column } : undefined;
}

/** The next cell for a key: arrows run on into the neighbouring facet, Home and End go to the ends of the row. */
export function moveCell({ facet, row, column }: Cell, key: string, { facets, rows, columns }: HeatmapShape): Cell | undefined {
  const across = facet * columns + column;
  const place = (to: number, toRow: number): Cell => {
    const held = Math.max(0, Math.min(facets * columns - 1, to));
    return { facet: Math.floor(held / columns), column: held % columns, row: Math.max(0, Math.min(rows - 1, toRow)) };
  };
  switch (key) {
    case 'ArrowRight': return place(across + 1, row);
    case 'ArrowLeft': return place(across - 1, row);
    case 'ArrowUp': return place(across, row + 1);
    case 'ArrowDown': return place(across, row - 1);
    case 'Home': return place(0, row);
    case 'End': return place(facets * columns - 1, row);
    default: return undefined;
  }
}
