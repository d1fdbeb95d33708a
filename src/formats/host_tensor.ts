/** A tensor in the computer's memory: row-major f32. */
export interface HostTensor {
  readonly shape: readonly number[];
  /** As many as the product of `shape`; a scalar has one. */
  readonly data: Float32Array;
}

/** Number of elements of a shape: 1 for a scalar. Only for shapes that are known to be small enough. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** "(64, 128)", as refusals and tables show a shape. */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
