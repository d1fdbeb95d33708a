import { Refusal } from '../../errors/refusal';
import type { Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';

/** Cosines and sines of every position, shared by all layers of a model. */
export interface RopeTable {
  readonly values: Tensor; // (positions, D): D/2 cosines, then D/2 sines
  readonly positions: number;
  readonly D: number;
}

export interface RopeTableDims {
  readonly positions: number;
  /** Width of one head, even. */
  readonly D: number;
  /** Base of the frequencies theta^(−2i/D), 10 000 in Llama. */
  readonly theta: number;
}

/**
 * Computed here in float64: a GPU's own cos is exact only for small angles, and theta^x in f32 loses the digits
 * that positions in the thousands need.
 * @throws Refusal 'bad-config' where a head's width is odd and cannot be cut into pairs.
 */
export function ropeTable(scope: Scope, { positions, D, theta }: RopeTableDims): RopeTable {
  if (D % 2 !== 0) {
    throw new Refusal('bad-config', { file: 'rotary positions', field: 'head width', expected: 'an even number', got: String(D) });
  }
  const half = D / 2;
  const angles = new Float32Array(positions * D);
  for (let i = 0; i < half; i++) {
    const frequency = theta ** ((-2 * i) / D);
    for (let position = 0; position < positions; position++) {
      angles[position * D + i] = Math.cos(position * frequency);
      angles[position * D + half + i] = Math.sin(position * frequency);
    }
  }
  const values = scope.tensor('rope table', [positions, D]);
  scope.gpu.write(values, angles);
  return { values, positions, D };
}
