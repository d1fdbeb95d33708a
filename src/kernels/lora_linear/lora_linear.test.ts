import { describe, expect, test } from 'vitest';
import { testScope, upload, uploadU32 } from '../../testing/device';
import { normals, relativeError } from '../../testing/numbers';
import { TOLERANCE } from '../../testing/tolerances';
import { loraLinear } from './lora_linear';
import { loraLinearBackward, loraLinearForward } from './reference';

/** The kernel's mask, in TypeScript. */
function dropoutMask(seed: number, size: number, dropout: number): Float64Array {
  const mix = (value: number): number => {
    let h = value;
    h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
    h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
    return (h ^ (h >>> 16)) >>> 0;
  };
  return Float64Array.from({ length: size }, (_, i) => (mix(i ^ mix(seed)) >= Math.floor(dropout * 2 ** 32) ? 1 / (1 - dropout) : 0));
}

const cases = [
  { name: 'one group', R: 37, G: 1, I: 19, O: 35, rank: 3, offsets: [0, 37] },
  { name: 'three groups, one empty, rows of none beyond', R: 30, G: 3, I: 40, O: 21, rank: 8, offsets: [0, 17, 17, 27] },
];
const scale = 0.5;

async function setup({ R, G, I, O, rank, offsets }: (typeof cases)[number], dropout: number, accumulateDinp: boolean) {
  const values = {
    inp: normals(1, R * I), weight: normals(2, G * O * I), loraA: normals(3, G * rank * I), loraB: normals(4, G * O * rank),
    dout: normals(5, R * O), dinp: normals(6, R * I), dloraA: normals(7, G * rank * I), dloraB: normals(8, G * O * rank),
  };
  const scope = await testScope();
  const t = {
    inp: upload(scope, 'inp', [R, I], values.inp),
    weight: upload(scope, 'weight', [G, O, I], values.weight),
    loraA: upload(scope, 'loraA', [G, rank, I], values.loraA),
    loraB: upload(scope, 'loraB', [G, O, rank], values.loraB),
    out: scope.tensor('out', [R, O]),
    offsets: uploadU32(scope, 'offsets', [G + 1], offsets),
    dout: upload(scope, 'dout', [R, O], values.dout),
    dinp: upload(scope, 'dinp', [R, I], values.dinp),
    dloraA: upload(scope, 'dloraA', [G, rank, I], values.dloraA),
    dloraB: upload(scope, 'dloraB', [G, O, rank], values.dloraB),
  };
  const op = loraLinear(scope, t, { R, G, I, O, rank }, { scale, dropout, accumulateDinp });
  const run = (): void => {
    scope.gpu.run('test', (r) => {
      op.forward(r);
      op.backward(r);
    });
  };
  return { scope, t, op, values, run };
}

describe.each(cases)('lora linear, $name', (shape) => {
  test.each([
    { what: 'without dropout', dropout: 0, training: true, accumulateDinp: true },
    { what: 'with dropout', dropout: 0.3, training: true, accumulateDinp: true },
    { what: 'with dropout, dinp written', dropout: 0.3, training: true, accumulateDinp: false },
    { what: 'with dropout switched off', dropout: 0.3, training: false, accumulateDinp: false },
  ])('matches the reference forward and backward $what', async ({ dropout, training, accumulateDinp }) => {
    const { R, I, offsets } = shape;
    const { scope, t, op, values, run } = await setup(shape, dropout, accumulateDinp);
    const seed = 4_000_000_007;
    op.setSeed(seed);
    op.setTraining(training);
    run();
    await scope.gpu.ready();
    const dims = { ...shape, scale };
    const mask = training && dropout > 0 ? dropoutMask(seed, R * I, dropout) : undefined;
    const { out, down } = loraLinearForward(values.inp, values, offsets, dims, mask);
    const want = loraLinearBackward(values.dout, values.inp, values, down, offsets, dims, mask);
    const used = (offsets.at(-1) ?? NaN) * I;
    const dinp = want.dinp.map((d, i) => d + (accumulateDinp || i >= used ? values.dinp[i] ?? NaN : 0));
    expect(relativeError(await scope.gpu.read(t.out), out)).toBeLessThan(TOLERANCE.kernel);
    expect(relativeError(await scope.gpu.read(t.dinp), dinp)).toBeLessThan(TOLERANCE.kernel);
    for (const name of ['dloraA', 'dloraB'] as const) {
      const sum = want[name].map((d, i) => d + (values[name][i] ?? NaN));
      expect(relativeError(await scope.gpu.read(t[name]), sum)).toBeLessThan(TOLERANCE.kernel);
    }
  });
});

test('dropout 0 costs no kernel', async () => {
  const { scope, run } = await setup(cases[0] as (typeof cases)[number], 0, false);
  const before = scope.gpu.counters.dispatches;
  run();
  expect(scope.gpu.counters.dispatches - before).toBe(8);
});

test('the mask drops its share of elements and differs between close seeds', () => {
  const masks = [1, 2].map((seed) => dropoutMask(seed, 20_000, 0.1));
  for (const mask of masks) expect(mask.filter((m) => m === 0).length / 20_000).toBeCloseTo(0.1, 2);
  const [first, second] = masks;
  const common = first?.filter((m, i) => m === 0 && second?.[i] === 0).length ?? NaN;
  expect(common / 20_000).toBeCloseTo(0.01, 2);
});
