import { elementCount, shapeText, type HostTensor } from '../formats/host_tensor';

/** Zeros, or the values handed in; throws a RangeError where their number is not the shape's. */
export function hostTensor(shape: readonly number[], values?: ArrayLike<number>): HostTensor {
  const count = elementCount(shape);
  if (values === undefined) return { shape, data: new Float32Array(count) };
  if (values.length !== count) throw new RangeError(`${String(values.length)} values do not fill ${shapeText(shape)}`);
  return { shape, data: values instanceof Float32Array ? values : Float32Array.from(values) };
}
