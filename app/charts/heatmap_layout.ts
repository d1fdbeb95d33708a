/** A row of facets, or a stack of them, each rows × columns of cells 1 px apart. All in CSS px. */
export interface HeatmapLayout {
  readonly width: number;
  readonly height: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly facetWidth: number;
  /** From one facet to the next. */
  readonly across: number;
  readonly down: number;
}

export interface HeatmapShape {
  /** One below the other, as lanes under words are. */
  readonly stacked?: boolean;
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
const WIDEST = 72;

export function layoutOf({ facets, rows, columns, stacked = false }: HeatmapShape, width: number): HeatmapLayout {
  const beside = stacked ? 1 : facets;
  const inner = width - FACET_GAP * (beside - 1);
  const cellWidth = Math.min(stacked ? WIDEST : Infinity, Math.max(2, Math.floor(inner / (beside * columns))));
  const cellHeight = Math.max(LOWEST, Math.min(TALLEST, Math.floor(MOST_HEIGHT / rows)));
  const facetWidth = columns * cellWidth;
  const height = rows * cellHeight;
  return stacked
    ? { width, height: facets * height + (facets - 1) * FACET_GAP, cellWidth, cellHeight, facetWidth, across: 0, down: height + FACET_GAP }
    : { width, height, cellWidth, cellHeight, facetWidth, across: facetWidth + FACET_GAP, down: 0 };
}

export function originOf({ facet, row, column }: Cell, layout: HeatmapLayout, rows: number): readonly [x: number, y: number] {
  return [facet * layout.across + column * layout.cellWidth, facet * layout.down + (rows - 1 - row) * layout.cellHeight];
}

export function cellAt(x: number, y: number, layout: HeatmapLayout, shape: HeatmapShape): Cell | undefined {
  const facet = Math.floor(layout.down > 0 ? y / layout.down : x / layout.across);
  const column = Math.floor((x - facet * layout.across) / layout.cellWidth);
  const row = shape.rows - 1 - Math.floor((y - facet * layout.down) / layout.cellHeight);
  const inside = facet >= 0 && facet < shape.facets && column >= 0 && column < shape.columns && row >= 0 && row < shape.rows;
  return inside ? { facet, row, column } : undefined;
}

/** The next cell for a key: arrows run on into the neighbouring facet, Home and End go to the ends of the row. */
export function moveCell(cell: Cell, key: string, shape: HeatmapShape): Cell | undefined {
  return shape.stacked === true ? moveDown(cell, key, shape) : moveAcross(cell, key, shape);
}

function moveDown({ facet, row, column }: Cell, key: string, { facets, rows, columns }: HeatmapShape): Cell | undefined {
  /** Rows of all facets from the lowest one up. */
  const up = (facets - 1 - facet) * rows + row;
  const place = (toColumn: number, to: number): Cell => {
    const held = Math.max(0, Math.min(facets * rows - 1, to));
    return { facet: facets - 1 - Math.floor(held / rows), row: held % rows, column: Math.max(0, Math.min(columns - 1, toColumn)) };
  };
  switch (key) {
    case 'ArrowRight': return place(column + 1, up);
    case 'ArrowLeft': return place(column - 1, up);
    case 'ArrowUp': return place(column, up + 1);
    case 'ArrowDown': return place(column, up - 1);
    case 'Home': return place(0, up);
    case 'End': return place(columns - 1, up);
    default: return undefined;
  }
}

function moveAcross({ facet, row, column }: Cell, key: string, { facets, rows, columns }: HeatmapShape): Cell | undefined {
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

/** The nearest cell that there is: one of the last picture may lie outside of a smaller one. */
export function held({ facet, row, column }: Cell, { facets, rows, columns }: HeatmapShape): Cell {
  return { facet: Math.min(facet, facets - 1), row: Math.min(row, rows - 1), column: Math.max(0, Math.min(column, columns - 1)) };
}
