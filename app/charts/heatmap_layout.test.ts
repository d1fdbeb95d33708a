import { expect, test } from 'vitest';
import { cellAt, layoutOf, moveCell, originOf } from './heatmap_layout';

const shape = { facets: 3, rows: 4, columns: 3 };
const layout = layoutOf(shape, 340);

test('the middle of every cell leads back to the cell', () => {
  for (let facet = 0; facet < 3; facet++) {
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 3; column++) {
        const [x, y] = originOf({ facet, row, column }, layout, shape.rows);
        expect(cellAt(x + layout.cellWidth / 2, y + layout.cellHeight / 2, layout, shape)).toEqual({ facet, row, column });
      }
    }
  }
});

test('all facets fit into the width, and the gap between two belongs to none', () => {
  const [x] = originOf({ facet: 2, row: 0, column: 2 }, layout, shape.rows);
  expect(x + layout.cellWidth).toBeLessThanOrEqual(340);
  expect(cellAt(layout.facetWidth + 10, 5, layout, shape)).toBeUndefined();
});

test('arrows run on into the next facet and stop at the ends', () => {
  expect(moveCell({ facet: 0, row: 1, column: 2 }, 'ArrowRight', shape)).toEqual({ facet: 1, row: 1, column: 0 });
  expect(moveCell({ facet: 0, row: 0, column: 0 }, 'ArrowLeft', shape)).toEqual({ facet: 0, row: 0, column: 0 });
  expect(moveCell({ facet: 1, row: 3, column: 1 }, 'ArrowUp', shape)).toEqual({ facet: 1, row: 3, column: 1 });
  expect(moveCell({ facet: 1, row: 2, column: 1 }, 'End', shape)).toEqual({ facet: 2, row: 2, column: 2 });
  expect(moveCell({ facet: 1, row: 2, column: 1 }, 'a', shape)).toBeUndefined();
});

test('stacked facets stand one below the other, and arrows run up from one into the next', () => {
  const shape = { facets: 3, rows: 2, columns: 4, stacked: true };
  const layout = layoutOf(shape, 400);
  const cells = [0, 1, 2].flatMap((facet) => [0, 1].flatMap((row) => [0, 3].map((column) => ({ facet, row, column }))));
  for (const cell of cells) {
    const [x, y] = originOf(cell, layout, shape.rows);
    expect(cellAt(x + 1, y + 1, layout, shape)).toEqual(cell);
    expect(y + layout.cellHeight).toBeLessThanOrEqual(layout.height);
  }
  expect(moveCell({ facet: 1, row: 1, column: 2 }, 'ArrowUp', shape)).toEqual({ facet: 0, row: 0, column: 2 });
  expect(moveCell({ facet: 1, row: 0, column: 2 }, 'ArrowDown', shape)).toEqual({ facet: 2, row: 1, column: 2 });
  expect(moveCell({ facet: 0, row: 1, column: 0 }, 'ArrowUp', shape)).toEqual({ facet: 0, row: 1, column: 0 });
  expect(moveCell({ facet: 0, row: 1, column: 0 }, 'End', shape)).toEqual({ facet: 0, row: 1, column: 3 });
});
