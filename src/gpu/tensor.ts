/** A view of f32, u32 or i32 elements in a GPU buffer; every element is 4 bytes. */
export interface Tensor {
  readonly label: string;
  readonly shape: readonly number[];
  readonly buffer: GPUBuffer;
  /** Bytes from the start of the buffer, a multiple of 256 so that it can be bound. */
  readonly offset: number;
  readonly bytes: number;
}

export const BYTES = 4;
/** Storage bindings must start at multiples of this many bytes (WebGPU's default limit). */
export const ALIGNMENT = 256;

export function elements(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

export function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** A view of `shape` that starts `start` elements into `tensor`; the start must fall on a 256-byte boundary. */
export function view(tensor: Tensor, label: string, start: number, shape: readonly number[]): Tensor {
  const bytes = elements(shape) * BYTES;
  const offset = tensor.offset + start * BYTES;
  if (offset % ALIGNMENT !== 0) throw new RangeError(`${label}: view at byte ${String(offset)} is not 256-byte aligned`);
  if (start * BYTES + bytes > tensor.bytes) throw new RangeError(`${label}: view ends beyond ${tensor.label}`);
  return { label, shape, buffer: tensor.buffer, offset, bytes };
}
