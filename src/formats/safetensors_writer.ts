import { Refusal } from '../errors/refusal';
import { f16Bits } from './half';
import { elementCount, shapeText, type HostTensor } from './host_tensor';

export interface WriteOptions {
  readonly dtype?: 'F32' | 'F16';
  /** "format": "pt" is always there: transformers and peft ask for it. */
  readonly metadata?: ReadonlyMap<string, string>;
}

/**
 * A safetensors file. Tensors stand sorted by name (UTF-16 order) and the header is padded to a multiple of 8 bytes,
 * so that the same tensors always give the same bytes.
 * Throws a Refusal 'not-finite' for a value that F16 cannot hold, 'bad-tensor' where values do not fill their shape.
 */
export function writeSafetensors(tensors: ReadonlyMap<string, HostTensor>, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  const { dtype = 'F32', metadata = new Map<string, string>() } = options;
  const size = dtype === 'F32' ? 4 : 2;
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = [`"__metadata__":${textObject(new Map([['format', 'pt'], ...metadata]))}`];
  let end = 0;
  for (const [name, { shape, data }] of sorted) {
    if (elementCount(shape) !== data.length) {
      throw new Refusal('bad-tensor', {
        field: name, expected: `${String(elementCount(shape))} values for ${shapeText(shape)}`, got: String(data.length),
      });
    }
    const begin = end;
    end += data.length * size;
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const headerBytes = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, 8, 8 + headerBytes);
  bytes.set(header, 8);
  let offset = 8 + headerBytes;
  for (const [name, tensor] of sorted) {
    if (dtype === 'F32') new Float32Array(bytes.buffer, offset, tensor.data.length).set(tensor.data);
    else writeF16(name, tensor, new Uint16Array(bytes.buffer, offset, tensor.data.length));
    offset += tensor.data.length * size;
  }
  return bytes;
}

function writeF16(name: string, { data }: HostTensor, out: Uint16Array): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? NaN;
    const bits = f16Bits(value);
    if ((bits & 0x7c00) === 0x7c00) {
      throw new Refusal('not-finite', {
        field: `${name}[${String(i)}]`, expected: 'a value that F16 holds, at most 65504', got: String(value), fix: 'write F32',
      });
    }
    out[i] = bits;
  }
}

function textObject(map: ReadonlyMap<string, string>): string {
  return `{${[...map].map(([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`).join(',')}}`;
}
