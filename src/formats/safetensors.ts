import { Refusal, type RefusalDetail } from '../errors/refusal';
import { fromBf16, fromF16 } from './half';
import { elementCount, shapeText, type HostTensor } from './host_tensor';
import { decodeUtf8, isJsonArray, isJsonMap, parseJson, type JsonMap, type JsonValue } from './json';

// Source of the format and its rules: github.com/huggingface/safetensors, README and safetensors/src/tensor.rs.

/** Bytes of one element. Types that are no f32 can be listed, not read as values. */
const DTYPE_BYTES: ReadonlyMap<string, number> = new Map([
  ['BOOL', 1], ['U8', 1], ['I8', 1], ['F8_E5M2', 1], ['F8_E4M3', 1], ['F8_E8M0', 1],
  ['U16', 2], ['I16', 2], ['F16', 2], ['BF16', 2],
  ['U32', 4], ['I32', 4], ['F32', 4],
  ['U64', 8], ['I64', 8], ['F64', 8], ['C64', 8],
]);
const MAX_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;

export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the data, which is `dataOffset` in the file. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly file: string;
  /** In the order of their bytes. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly dataOffset: number;
}

/**
 * Checks the whole header of a safetensors file before anything is allocated for it: its length, its JSON, that no name
 * stands twice, that shapes times element size are the byte ranges, and that these cover the data without hole or overlap.
 * Throws a Refusal 'bad-header', or 'bad-tensor' where one tensor's entry is wrong.
 */
export function readHeader(bytes: Uint8Array, file: string): SafetensorsHeader {
  const length = headerLength(bytes, file);
  const text = decodeUtf8(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length), { file, code: 'bad-header' });
  if (!text.startsWith('{')) {
    throw refuse(file, {
      field: 'header', offset: LENGTH_BYTES, expected: 'the JSON object to begin with "{"', got: JSON.stringify(text.slice(0, 1)),
    });
  }
  const json = parseJson(text, { file, code: 'bad-header', base: LENGTH_BYTES, wholeNumbers: true });
  if (!isJsonMap(json)) throw refuse(file, { field: 'header', expected: 'a JSON object', got: 'another value' });
  const entries: [string, TensorEntry][] = [];
  for (const [name, value] of json) {
    if (name !== '__metadata__') entries.push([name, readEntry(name, value, file)]);
  }
  entries.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  checkCoverage(entries, bytes.length - LENGTH_BYTES - length, file);
  return { file, tensors: new Map(entries), metadata: readMetadata(json.get('__metadata__'), file), dataOffset: LENGTH_BYTES + length };
}

/**
 * One tensor as f32, from F32, F16 or BF16. Where the bytes lie aligned the values are a view of them, not a copy.
 * Throws a Refusal 'bad-tensor' for a missing name or another type.
 */
export function readTensor(bytes: Uint8Array<ArrayBuffer>, header: SafetensorsHeader, name: string): HostTensor {
  const entry = header.tensors.get(name);
  if (entry === undefined) throw refuseTensor(header.file, name, { expected: 'the tensor to be in the file', got: 'no such name' });
  const start = bytes.byteOffset + header.dataOffset + entry.begin;
  const count = elementCount(entry.shape);
  const words = (size: number): ArrayBuffer | undefined =>
    start % size === 0 ? undefined : bytes.buffer.slice(start, start + count * size);
  switch (entry.dtype) {
    case 'F32': {
      const copy = words(4);
      return { shape: entry.shape, data: copy === undefined ? new Float32Array(bytes.buffer, start, count) : new Float32Array(copy) };
    }
    case 'F16':
    case 'BF16': {
      const copy = words(2);
      const bits = copy === undefined ? new Uint16Array(bytes.buffer, start, count) : new Uint16Array(copy);
      return { shape: entry.shape, data: entry.dtype === 'F16' ? fromF16(bits) : fromBf16(bits) };
    }
    default:
      throw refuseTensor(header.file, name, {
        expected: 'F32, F16 or BF16', got: entry.dtype, fix: 'convert the file to one of these types',
      });
  }
}

/** Every tensor of a file as f32, in the order of their bytes. */
export function readSafetensors(bytes: Uint8Array<ArrayBuffer>, file: string): Map<string, HostTensor> {
  const header = readHeader(bytes, file);
  return new Map([...header.tensors.keys()].map((name) => [name, readTensor(bytes, header, name)]));
}

function headerLength(bytes: Uint8Array, file: string): number {
  if (bytes.length < LENGTH_BYTES) {
    throw refuse(file, {
      field: 'header length', expected: '8 bytes', got: `${String(bytes.length)} bytes`, fix: 'download the file again',
    });
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw refuse(file, { field: 'header length', offset: 0, expected: 'at most 100000000 bytes', got: String(length) });
  }
  if (Number(length) > bytes.length - LENGTH_BYTES) {
    throw refuse(file, {
      field: 'header length', offset: 0, expected: `at most the ${String(bytes.length - LENGTH_BYTES)} bytes that follow`,
      got: String(length), fix: 'the file is cut short or no safetensors file: download it again',
    });
  }
  return Number(length);
}

function readEntry(name: string, value: JsonValue, file: string): TensorEntry {
  if (!isJsonMap(value)) throw refuseTensor(file, name, { expected: 'dtype, shape and data_offsets', got: 'no JSON object' });
  for (const key of value.keys()) {
    if (key !== 'dtype' && key !== 'shape' && key !== 'data_offsets') {
      throw refuseTensor(file, name, { expected: 'only dtype, shape and data_offsets', got: JSON.stringify(key) });
    }
  }
  const dtype = value.get('dtype');
  const size = typeof dtype === 'string' ? DTYPE_BYTES.get(dtype) : undefined;
  if (typeof dtype !== 'string' || size === undefined) {
    throw refuseTensor(file, name, { expected: 'a known dtype', got: typeof dtype === 'string' ? dtype : 'none' });
  }
  const shape = numbers(value, 'shape', name, file);
  const offsets = numbers(value, 'data_offsets', name, file);
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length > 2 || end < begin) {
    throw refuseTensor(file, `${name}.data_offsets`, { expected: '[begin, end] with begin ≤ end', got: `[${offsets.join(', ')}]` });
  }
  // In big integers: the product of a hostile shape would overflow, and as a float lose its last digits.
  const need = shape.reduce((product, dim) => product * BigInt(dim), BigInt(size));
  if (need !== BigInt(end - begin)) {
    throw refuseTensor(file, `${name}.data_offsets`, {
      expected: `${String(need)} bytes for ${dtype} ${shapeText(shape)}`, got: String(end - begin),
    });
  }
  return { dtype, shape, begin, end };
}

function numbers(entry: JsonMap, key: string, name: string, file: string): number[] {
  const list = entry.get(key);
  const got = list === undefined ? 'none' : 'something else';
  const bad = (): Refusal => refuseTensor(file, `${name}.${key}`, { expected: 'a list of whole numbers', got });
  if (!isJsonArray(list)) throw bad();
  return list.map((item) => {
    if (typeof item !== 'number') throw bad();
    return item;
  });
}

function checkCoverage(entries: readonly (readonly [string, TensorEntry])[], dataBytes: number, file: string): void {
  let reached = 0;
  for (const [name, { begin, end }] of entries) {
    if (begin !== reached) {
      const expected = `to begin at ${String(reached)}, where the tensor before ends`;
      throw refuseTensor(file, `${name}.data_offsets`, { expected, got: String(begin) });
    }
    reached = end;
  }
  if (reached !== dataBytes) {
    throw refuse(file, {
      field: 'data', expected: `${String(reached)} bytes of tensors`, got: `${String(dataBytes)} bytes`,
      fix: dataBytes < reached
        ? 'the file is cut short: download it again'
        : 'the file carries bytes that belong to no tensor: write it again',
    });
  }
}

function readMetadata(value: JsonValue | undefined, file: string): Map<string, string> {
  const metadata = new Map<string, string>();
  if (value === undefined) return metadata;
  if (!isJsonMap(value)) throw refuse(file, { field: '__metadata__', expected: 'an object of texts', got: 'something else' });
  for (const [key, text] of value) {
    if (typeof text !== 'string') throw refuse(file, { field: `__metadata__.${key}`, expected: 'a text', got: 'something else' });
    metadata.set(key, text);
  }
  return metadata;
}

function refuse(file: string, detail: RefusalDetail): Refusal {
  return new Refusal('bad-header', { file, ...detail });
}

function refuseTensor(file: string, field: string, detail: RefusalDetail): Refusal {
  return new Refusal('bad-tensor', { file, field, ...detail });
}
