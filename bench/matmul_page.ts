// The matmul benchmark in a page: chromium_matmul.ts calls it.
import { benchMatmul, type MatmulBenchOptions, type MatmulFigure } from '../src/bench/matmul_bench';
import { acquire } from '../src/gpu/acquire';

export interface MatmulPage {
  readonly run: (options: MatmulBenchOptions) => Promise<{ adapter: string; figures: MatmulFigure[] }>;
}

declare global {
  var matmulPage: MatmulPage | undefined;
}

globalThis.matmulPage = {
  run: async (options) => {
    const gpu = await acquire(navigator.gpu);
    return { adapter: gpu.adapter.name, figures: await benchMatmul(gpu, options) };
  },
};
