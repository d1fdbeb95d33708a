/** The value at `i`. The references index flat arrays by hand, so an index outside of the array throws instead of spreading NaN. */
export function at(array: ArrayLike<number>, i: number): number {
  const value = array[i];
  if (value === undefined) throw new RangeError(`index ${String(i)} is outside of an array of ${String(array.length)} elements`);
  return value;
}

/** array[i] += value. */
export function add(array: Float64Array, i: number, value: number): void {
  array[i] = at(array, i) + value;
}
