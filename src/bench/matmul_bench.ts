import type { Gpu } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { denseOffsets, matmul, type MatmulLayout } from '../kernels/linear/matmul';
import { chooseTile, REGISTER_16, REGISTER_32, TILE_64, type MatmulTile } from '../kernels/linear/matmul_tiles';
import { Random } from '../random/random';
import { median } from './synthetic_model';

export interface MatmulBenchOptions {
  /** Square matrices of these sizes. */
  readonly sizes?: readonly number[];
  readonly layouts?: readonly MatmulLayout[];
  /** 'chosen': the kernel that serves the shape on this adapter. 'all': every family and tile that the adapter can run. */
  readonly kernels?: 'chosen' | 'all';
  /** Timed submits, each long enough that launching costs nothing. */
  readonly rounds?: number;
  readonly onFigure?: (figure: MatmulFigure) => void;
}

export interface MatmulFigure {
  readonly size: number;
  readonly layout: MatmulLayout;
  /** e.g. "register 32×32". */
  readonly kernel: string;
  /** Whether this kernel serves the shape in a model. */
  readonly chosen: boolean;
  /** Median over the rounds, 10⁹ floating-point operations a second; one multiply-add counts as two. */
  readonly gflops: number;
  /** The fastest round: on a shared machine, closest to what an idle one gives. */
  readonly best: number;
  /** From asking for the pipeline to the end of its first run. */
  readonly firstRunMilliseconds: number;
}

const LAYOUTS: readonly MatmulLayout[] = ['abt', 'ab', 'atb'];
const ROUND_MILLISECONDS = 250;

/** Dense f32 matmul: median and best GFLOP/s for each size, layout and kernel. */
export async function benchMatmul(
  gpu: Gpu, { sizes = [256, 512, 1024], layouts = LAYOUTS, kernels = 'chosen', rounds = 5, onFigure }: MatmulBenchOptions = {},
): Promise<MatmulFigure[]> {
  const figures: MatmulFigure[] = [];
  for (const size of sizes) {
    for (const layout of layouts) {
      const chosen = chooseTile(gpu.adapter, { layout, R: size, G: 1, M: size, N: size, K: size });
      const registers = gpu.adapter.subgroups ? [REGISTER_16, REGISTER_32] : [];
      for (const tile of kernels === 'all' ? [...registers, TILE_64] : [chosen]) {
        const figure = { size, layout, chosen: tile === chosen, ...(await measure(gpu, { size, layout, tile, rounds })) };
        onFigure?.(figure);
        figures.push(figure);
      }
    }
  }
  return figures;
}

interface Job {
  readonly size: number;
  readonly layout: MatmulLayout;
  readonly tile: MatmulTile;
  readonly rounds: number;
}

async function measure(gpu: Gpu, { size, layout, tile, rounds }: Job): Promise<Omit<MatmulFigure, 'size' | 'layout' | 'chosen'>> {
  const scope = new Scope(gpu, 'matmul bench');
  try {
    const random = new Random(size);
    const [a, b] = ['a', 'b'].map((label) => {
      const tensor = scope.tensor(label, [size, size]);
      gpu.write(tensor, Float32Array.from({ length: size * size }, () => random.uniform() - 0.5));
      return tensor;
    }) as [Tensor, Tensor];
    const out = scope.tensor('out', [size, size]);
    const dims = { layout, R: size, G: 1, M: size, N: size, K: size, accumulate: false, scale: 1, tile };
    const began = performance.now();
    const dispatch = matmul(scope, { a, b, out, offsets: denseOffsets(scope, size) }, dims);
    const run = async (repeats: number): Promise<number> => {
      const start = performance.now();
      gpu.run('matmul bench', (r) => {
        for (let i = 0; i < repeats; i++) r.dispatch(dispatch);
      });
      await gpu.idle();
      return (performance.now() - start) / repeats;
    };
    await run(1);
    await gpu.ready();
    const firstRunMilliseconds = performance.now() - began;
    const warm = await run(1);
    const repeats = Math.min(Math.max(Math.ceil(ROUND_MILLISECONDS / warm), 1), 1000);
    const rates: number[] = [];
    for (let i = 0; i < rounds; i++) rates.push((2 * size ** 3) / (await run(repeats)) / 1e6);
    const kernel = `${tile.family} ${String(tile.rows)}×${String(tile.columns)}`;
    return { kernel, gflops: median(rates), best: Math.max(...rates), firstRunMilliseconds };
  } finally {
    scope.dispose();
  }
}

/** One line a figure, for a terminal. */
export function matmulLine({ size, layout, kernel, chosen, gflops, best, firstRunMilliseconds }: MatmulFigure): string {
  const name = `${String(size)}³ ${layout}`.padEnd(10);
  const rates = `${gflops.toFixed(2).padStart(9)} GFLOP/s, best ${best.toFixed(2)}`;
  return `${name} ${kernel.padEnd(16)} ${rates}, first run ${firstRunMilliseconds.toFixed(0)} ms${chosen ? ', in use' : ''}`;
}
