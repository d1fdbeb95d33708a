import { expand } from '../gpu/expand';
import type { Gpu } from '../gpu/gpu';
import type { KernelSpec } from '../gpu/kernel';
import { specialize } from '../gpu/wgsl';

/** Overrides of kernels that go along rows: LANES threads share a row, ROWS rows a workgroup. */
export interface RowLanes extends Record<string, number> {
  readonly LANES: number;
  readonly ROWS: number;
}

/**
 * Fixed by the kind of adapter: many lanes a row keep a real GPU's reads together and its cores busy, while a software
 * adapter pays for every lane and every barrier (measured on SwiftShader: one lane is 20 times as fast as 32 where rows are summed).
 */
export function rowLanes({ adapter: { software } }: Gpu): RowLanes {
  return software ? { LANES: 1, ROWS: 32 } : { LANES: 32, ROWS: 2 };
}

export interface RowKernel {
  readonly spec: KernelSpec;
  /** Elements of a row as the kernel counts them: C, or C / 4. */
  readonly columns: number;
}

const SCALAR = 'alias Element = f32;';
const SCALAR_TOTAL = 'fn total(x: Element) -> f32 { return x; }';
const VECTOR_TOTAL = 'fn total(x: Element) -> f32 { return x.x + x.y + x.z + x.w; }';

/**
 * Expands a kernel's loops over its constants (register arrays need literal indices) and, where rows of C channels divide
 * into fours, makes its `Element`s vec4f: a quarter of the loads. Tensors start at multiples of 256 bytes, so every row is aligned.
 * C is left out for kernels without channels.
 */
export function rowKernel({ name, source, constants = {}, overrides = {} }: KernelSpec, C = 1): RowKernel {
  const fours = source.includes(SCALAR) && C % 4 === 0;
  const typed = fours ? source.replace(SCALAR, 'alias Element = vec4f;').replace(SCALAR_TOTAL, VECTOR_TOTAL) : source;
  return {
    spec: { name: fours ? `${name} vec4` : name, source: expand(name, specialize(name, typed, constants)), constants, overrides },
    columns: fours ? C / 4 : C,
  };
}
