import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { matmul, type MatmulDims, type MatmulLayout } from './matmul';
import { chooseTile, REGISTER_16, REGISTER_32, REGISTER_4, ROW_4, TILE_64, type MatmulTile } from './matmul_tiles';
import { matmulReference } from './reference';

const UNTOUCHED = -77;

interface Case extends Omit<MatmulDims, 'accumulate' | 'scale'> {
  readonly offsets: readonly number[];
}

/** What the GPU made of it, and what the reference makes of it; `start` is in `out` before. */
async function both({ offsets, ...dims }: Case, accumulate: boolean, scale: number) {
  const { layout, R, G, M, N, K } = dims;
  const sizes = layout === 'atb' ? { a: R * M, b: R * N, out: G * M * N } : { a: R * K, b: G * N * K, out: R * N };
  const a = normals(1, sizes.a);
  const b = normals(2, sizes.b);
  const used = offsets[G] ?? NaN;
  // Rows of no group may hold anything: here NaN.
  a.fill(NaN, used * (layout === 'atb' ? M : K));
  if (layout === 'atb') b.fill(NaN, used * N);
  const start = normals(3, sizes.out).fill(UNTOUCHED, layout === 'atb' ? sizes.out : used * N);
  const scope = await testScope();
  const t = {
    a: upload(scope, 'a', [sizes.a], a),
    b: upload(scope, 'b', [sizes.b], b),
    out: upload(scope, 'out', [sizes.out], start),
    offsets: uploadU32(scope, 'offsets', [G + 1], offsets),
  };
  const dispatch = matmul(scope, t, { ...dims, accumulate, scale });
  scope.gpu.run('test', (r) => { r.dispatch(dispatch); });
  await scope.gpu.ready();
  const out = await scope.gpu.read(t.out);
  const want = matmulReference(layout, a, b, offsets, { R, G, M, N, K }, scale)
    .map((value, i) => (start[i] === UNTOUCHED ? UNTOUCHED : value + (accumulate ? start[i] ?? NaN : 0)));
  return { out, want };
}

const dense = { R: 37, G: 1, M: 21, N: 35, K: 19, offsets: [0, 37] };
const grouped = { R: 90, G: 3, M: 18, N: 70, K: 33, offsets: [0, 67, 67, 81] };
const aligned = { R: 52, G: 2, M: 20, N: 36, K: 24, offsets: [0, 19, 49] };
const tiny = { R: 1, G: 1, M: 1, N: 3, K: 5, offsets: [0, 1] };
const narrow = { R: 70, G: 2, M: 70, N: 8, K: 8, offsets: [0, 5, 70] };
const layouts = ['abt', 'ab', 'atb'] as const;

describe.each(layouts.flatMap((layout) => [REGISTER_16, TILE_64].map((tile) => ({ layout, tile, family: tile.family }))))(
  'matmul $layout of the $family family',
  ({ layout, tile }: { layout: MatmulLayout; tile: MatmulTile }) => {
    test.each([
      { name: 'one group, no multiple of a tile', ...dense },
      { name: 'three groups, one empty, rows of none beyond', ...grouped },
      { name: 'two groups, dimensions multiples of four', ...aligned },
      { name: 'a single row', ...tiny },
      { name: 'few columns', ...narrow },
    ])('matches the reference: $name', async ({ name: _, ...dims }) => {
      const { out, want } = await both({ layout, tile, ...dims }, false, 1);
      expect(relativeError(out, want)).toBeLessThan(TOLERANCE.kernel);
    });

    test('accumulates, scales, and leaves rows of no group alone', async () => {
      const { out, want } = await both({ layout, tile, ...grouped }, true, 0.25);
      expect(relativeError(out, want)).toBeLessThan(TOLERANCE.kernel);
      if (layout !== 'atb') expect(out.subarray(81 * 70).every((value) => value === UNTOUCHED)).toBe(true);
    });

    test('repeats bit for bit', async () => {
      const first = await both({ layout, tile, ...grouped }, false, 1);
      const second = await both({ layout, tile, ...grouped }, false, 1);
      expect(first.out).toEqual(second.out);
    });
  },
);

test.each([
  { name: 'large', layout: 'abt', tile: REGISTER_32, dims: { R: 70, G: 2, M: 0, N: 68, K: 20, offsets: [0, 35, 70] } },
  { name: 'for few rows', layout: 'abt', tile: REGISTER_4, dims: { R: 3, G: 2, M: 0, N: 20, K: 24, offsets: [0, 1, 2] } },
  { name: 'for few rows', layout: 'ab', tile: REGISTER_4, dims: { R: 2, G: 1, M: 0, N: 9, K: 7, offsets: [0, 2] } },
] as const)('the register tile $name gives the same bits as the usual one in $layout', async ({ layout, tile, dims }) => {
  const { out, want } = await both({ layout, tile, ...dims }, false, 1);
  expect(relativeError(out, want)).toBeLessThan(TOLERANCE.kernel);
  expect(out).toEqual((await both({ layout, tile: REGISTER_16, ...dims }, false, 1)).out);
});

test('an empty group clears its matrix of atb', async () => {
  const { out } = await both({ layout: 'atb', ...grouped }, false, 1);
  expect(out.subarray(18 * 70, 2 * 18 * 70).every((value) => value === 0)).toBe(true);
});

test.each([
  { R: 3, G: 2, M: 0, N: 21, K: 70, offsets: [0, 1, 2] },
  { R: 4, G: 3, M: 0, N: 8, K: 7, offsets: [0, 3, 3, 4] },
])('the row kernel matches the reference and leaves rows of no group alone at R=$R, N=$N, K=$K', async (dims) => {
  for (const accumulate of [false, true]) {
    const { out, want } = await both({ layout: 'abt', tile: ROW_4, ...dims }, accumulate, 0.5);
    expect(relativeError(out, want)).toBeLessThan(TOLERANCE.kernel);
  }
});

test('the chosen tile depends on adapter and shape alone', () => {
  const shape = { layout: 'abt', R: 512, G: 1, M: 0, N: 512, K: 512 } as const;
  const software = { software: true, subgroups: true };
  for (const other of [{ software: false, subgroups: true }, { software: true, subgroups: false }]) {
    expect(chooseTile(other, shape)).toBe(TILE_64);
    expect(chooseTile(other, { ...shape, R: 1 })).toBe(ROW_4);
    expect(chooseTile(other, { ...shape, layout: 'ab', R: 1 })).toBe(TILE_64);
  }
  expect(chooseTile(software, shape)).toBe(REGISTER_32);
  expect(chooseTile(software, { ...shape, N: 48 })).toBe(REGISTER_16);
  expect(chooseTile(software, { ...shape, N: 80 })).toBe(REGISTER_16);
  expect(chooseTile(software, { ...shape, G: 12 })).toBe(REGISTER_16);
  expect(chooseTile(software, { ...shape, K: 8 })).toBe(REGISTER_16);
  expect(chooseTile(software, { ...shape, R: 1 })).toBe(REGISTER_4);
  expect(chooseTile(software, { layout: 'atb', R: 512, G: 1, M: 3, N: 512, K: 0 })).toBe(REGISTER_16);
});
