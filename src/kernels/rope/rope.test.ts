import { describe, expect, test } from 'vitest';
import { testScope, upload } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { ropeBackward, ropeForward } from './reference';
import { rope } from './rope';
import { ropeTable } from './rope_table';

const theta = 10_000;

describe.each([
  { B: 2, T: 7, heads: 3, D: 6 },
  { B: 1, T: 1, heads: 1, D: 2 },
  { B: 3, T: 65, heads: 2, D: 16 },
])('rope at B=$B, T=$T, heads=$heads, D=$D', ({ B, T, heads, D }) => {
  test('matches the reference forward and backward', async () => {
    const inp = normals(1, B * T * heads * D);
    const dout = normals(2, B * T * heads * D);
    const scope = await testScope();
    const t = {
      inp: upload(scope, 'inp', [B * T, heads * D], inp),
      out: scope.tensor('out', [B * T, heads * D]),
      dout: upload(scope, 'dout', [B * T, heads * D], dout),
      dinp: upload(scope, 'dinp', [B * T, heads * D], normals(3, B * T * heads * D)),
      table: ropeTable(scope, { positions: T, D, theta }),
    };
    const op = rope(scope, t, { B, T, Tcap: T, heads, D });
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
    await scope.gpu.ready();
    expect(relativeError(await scope.gpu.read(t.out), ropeForward(inp, { B, T, heads, D, theta }))).toBeLessThan(TOLERANCE.kernel);
    expect(relativeError(await scope.gpu.read(t.dinp), ropeBackward(dout, { B, T, heads, D, theta }))).toBeLessThan(TOLERANCE.kernel);
  });
});

describe('rope at position 4001', () => {
  const dims = { B: 2, T: 3, heads: 2, D: 8 };
  const inp = normals(1, 2 * 3 * 16);
  const want = ropeForward(inp, { ...dims, theta, pos0: 4001 });

  test('turns by exact angles and fills the right rows of a cache', async () => {
    const scope = await testScope();
    const t = {
      inp: upload(scope, 'inp', [6, 16], inp),
      out: scope.tensor('out', [2 * 4010, 16]),
      table: ropeTable(scope, { positions: 4096, D: 8, theta }),
    };
    const op = rope(scope, t, { ...dims, Tcap: 4010 });
    op.setPosition(4001);
    scope.gpu.run('test', (r) => { op.forward(r); });
    await scope.gpu.ready();
    const out = await scope.gpu.read(t.out);
    const rows = [0, 1].flatMap((b) => [...out.subarray((b * 4010 + 4001) * 16, (b * 4010 + 4004) * 16)]);
    expect(relativeError(rows, want)).toBeLessThan(TOLERANCE.kernel);
    expect(out.filter((x) => x !== 0).length).toBe(6 * 16);
    expect(() => { op.setPosition(4008); }).toThrow('rope: positions 4008 to 4010 do not fit into 4010');
  });

  test('without a cache, writes the rows where they were', async () => {
    const scope = await testScope();
    const t = {
      inp: upload(scope, 'inp', [6, 16], inp),
      out: scope.tensor('out', [6, 16]),
      table: ropeTable(scope, { positions: 4096, D: 8, theta }),
    };
    const op = rope(scope, t, { ...dims, Tcap: 3 });
    op.setPosition(4001);
    scope.gpu.run('test', (r) => { op.forward(r); });
    await scope.gpu.ready();
    expect(relativeError(await scope.gpu.read(t.out), want)).toBeLessThan(TOLERANCE.kernel);
  });
});

test('rope table refuses heads of odd width', async () => {
  const scope = await testScope();
  expect(() => ropeTable(scope, { positions: 4, D: 5, theta })).toThrow('rotary positions, head width: expected an even number, got 5.');
});
