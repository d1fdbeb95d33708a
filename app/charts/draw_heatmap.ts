import { cividis, textOnCividis } from './cividis';
import { GAP, type HeatmapLayout, type HeatmapShape, originOf } from './heatmap_layout';

/** Probability of a cell; NaN where nothing is known. */
export type CellValue = (facet: number, row: number, column: number) => number;

/** Narrower cells carry no number. */
const TEXT_FROM = 24;

/** Fills the canvas at the screen's own resolution; the ground shows between cells, and where a value is missing. */
export function drawHeatmap(
  canvas: HTMLCanvasElement,
  shape: HeatmapShape,
  layout: HeatmapLayout,
  value: CellValue,
  look: { readonly missing: string; readonly font: string },
): void {
  const density = devicePixelRatio;
  canvas.width = Math.round(layout.width * density);
  canvas.height = Math.round(layout.height * density);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(density, density);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `12px ${look.font}`;
  const withText = layout.cellWidth >= TEXT_FROM && layout.cellHeight >= 18;
  for (let facet = 0; facet < shape.facets; facet++) {
    for (let row = 0; row < shape.rows; row++) {
      for (let column = 0; column < shape.columns; column++) {
        const probability = value(facet, row, column);
        const [x, y] = originOf({ facet, row, column }, layout, shape.rows);
        const known = Number.isFinite(probability);
        context.fillStyle = known ? cividis(probability) : look.missing;
        context.fillRect(x, y, layout.cellWidth - GAP, layout.cellHeight - GAP);
        if (!known || !withText) continue;
        context.fillStyle = textOnCividis(probability);
        context.fillText(short(probability), x + (layout.cellWidth - GAP) / 2, y + layout.cellHeight / 2);
      }
    }
  }
}

/** .83, 1: two digits fit into a cell. */
function short(probability: number): string {
  return probability >= 0.995 ? '1' : probability.toFixed(2).slice(1);
}
