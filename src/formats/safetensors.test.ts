import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { Random } from '../random/random';
import { hostTensor } from '../testing/host_tensor';
import { normals } from '../testing/numbers';
import { SHARED_DATA, sharedFile, WHY_SKIPPED } from '../testing/shared_data';
import { readHeader, readSafetensors } from './safetensors';
import { writeSafetensors } from './safetensors_writer';

/** A file with this header text, or this header length in its place, and as many bytes of data. */
function file(header: string, dataBytes: number, length?: bigint): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function refusalOf(bytes: Uint8Array<ArrayBuffer>): Refusal {
  try {
    readSafetensors(bytes, 'm.safetensors');
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('the file was read');
}

const entry = (dtype: string, shape: string, offsets: string): string => `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

test('random tensors of odd shapes come back bit for bit, scalars and empty ones too', () => {
  const random = new Random(7);
  for (let round = 0; round < 20; round++) {
    const tensors = new Map(Array.from({ length: random.below(5) }, (_, i) => {
      const shape = Array.from({ length: random.below(4) }, () => random.below(6));
      return [`layer.${String(random.below(1000))}.${String(i)} "é"`,
        hostTensor(shape, normals(round + 1, shape.reduce((a, b) => a * b, 1)))];
    }));
    const back = readSafetensors(writeSafetensors(tensors), 'm.safetensors');
    expect(new Map([...back].sort())).toEqual(new Map([...tensors].sort()));
  }
});

test('the same tensors give the same bytes in whatever order they are handed in, with the header padded to 8', () => {
  const a = hostTensor([2], [1, 2]);
  const b = hostTensor([1, 1], [3]);
  const bytes = writeSafetensors(new Map([['b', b], ['a', a]]));
  expect(bytes).toEqual(writeSafetensors(new Map([['a', a], ['b', b]])));
  const header = readHeader(bytes, 'm.safetensors');
  expect(header.dataOffset % 8).toBe(0);
  expect(header.metadata).toEqual(new Map([['format', 'pt']]));
  expect([...header.tensors.keys()]).toEqual(['a', 'b']);
});

test('F16 is written to the nearest half and refuses what it cannot hold, naming the element', () => {
  const values = hostTensor([3], [1 / 3, -65504, 1e-8]);
  const back = readSafetensors(writeSafetensors(new Map([['w', values]]), { dtype: 'F16' }), 'm.safetensors').get('w');
  expect([...(back?.data ?? [])]).toEqual([0.333251953125, -65504, 0]);
  expect(() => writeSafetensors(new Map([['w', hostTensor([2], [0, 7e4])]]),
    { dtype: 'F16' })).toThrow('w[1]: expected a value that F16 holds');
});

test('BF16 and F16 are read as f32, also where the data begins at an odd byte', () => {
  for (const padding of ['', ' ']) {
    const bytes = file(`{"a":${entry('BF16', '[2]', '[0,4]')},"b":${entry('F16', '[1]', '[4,6]')}}${padding}`, 6);
    bytes.set([0x80, 0x3f, 0x40, 0xc0, 0x00, 0x3c], bytes.length - 6);
    const back = readSafetensors(bytes, 'm.safetensors');
    expect([...(back.get('a')?.data ?? []), ...(back.get('b')?.data ?? [])]).toEqual([1, -3, 1]);
  }
});

test('F32 is read where the data begins at an odd byte', () => {
  const bytes = file(`{"a":${entry('F32', '[1]', '[0,4]')}}   `.slice(0, -1), 4);
  new DataView(bytes.buffer).setFloat32(bytes.length - 4, 1.5, true);
  expect([...(readSafetensors(bytes, 'm.safetensors').get('a')?.data ?? [])]).toEqual([1.5]);
});

test('integer types can be listed, and are refused as weights by name', () => {
  const bytes = file(`{"codes":${entry('I64', '[2]', '[0,16]')}}`, 16);
  expect(readHeader(bytes, 'm.safetensors').tensors.get('codes')).toEqual({ dtype: 'I64', shape: [2], begin: 0, end: 16 });
  expect(refusalOf(bytes).message).toBe('m.safetensors, codes: expected F32, F16 or BF16, got I64; convert the file to one of these types.');
});

test('a tensor called __proto__ is a tensor and pollutes nothing', () => {
  const bytes = file(`{"__proto__":${entry('F32', '[1]', '[0,4]')}}`, 4);
  expect([...readSafetensors(bytes, 'm.safetensors').keys()]).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).dtype).toBeUndefined();
});

describe('refused with one sentence:', () => {
  const one = entry('F32', '[1]', '[0,4]');
  test.each([
    ['no bytes at all', new Uint8Array(0), 'bad-header', 'header length: expected 8 bytes, got 0 bytes'],
    ['a header longer than 100 MB', file('{}', 0, 100_000_001n), 'bad-header', 'expected at most 100000000 bytes, got 100000001'],
    ['a header of 2^64 − 1 bytes', file('{}', 0, 2n ** 64n - 1n), 'bad-header', 'got 18446744073709551615'],
    ['a header longer than the file', file('{}', 0, 60n), 'bad-header', 'expected at most the 2 bytes that follow, got 60'],
    ['a header that is a list', file('[]', 0), 'bad-header', 'to begin with "{", got "["'],
    ['a name that stands twice', file(`{"a":${one},"a":${one}}`, 4), 'bad-header', 'expected every key once, got "a" twice'],
    ['data cut short', file(`{"a":${one}}`, 3), 'bad-header', 'data: expected 4 bytes of tensors, got 3 bytes; the file is cut short'],
    ['data beyond the tensors', file(`{"a":${one}}`, 5), 'bad-header', 'carries bytes that belong to no tensor'],
    ['a hole between tensors', file(`{"a":${one},"b":${entry('F32', '[1]', '[8,12]')}}`, 12), 'bad-tensor',
      'b.data_offsets: expected to begin at 4'],
    ['an overlap', file(`{"a":${one},"b":${entry('F32', '[1]', '[2,6]')}}`, 6), 'bad-tensor', 'b.data_offsets: expected to begin at 4'],
    ['offsets that run backwards', file(`{"a":${entry('F32', '[0]', '[4,0]')}}`, 4), 'bad-tensor', 'begin ≤ end, got [4, 0]'],
    ['three offsets', file(`{"a":${entry('F32', '[1]', '[0,4,8]')}}`, 4), 'bad-tensor', 'a.data_offsets'],
    ['a shape that is not the bytes', file(`{"a":${entry('F32', '[3]', '[0,4]')}}`, 4), 'bad-tensor',
      'a.data_offsets: expected 12 bytes for F32 (3), got 4'],
    ['a product that overflows', file(`{"a":${entry('F32', '[4294967296,4294967296]', '[0,0]')}}`, 0), 'bad-tensor',
      'expected 73786976294838206464 bytes'],
    ['a negative dimension', file(`{"a":${entry('F32', '[-1]', '[0,4]')}}`, 4), 'bad-header',
      'expected a whole number from 0 to 2^53 − 1, got -1'],
    ['a fractional dimension', file(`{"a":${entry('F32', '[1.0]', '[0,4]')}}`, 4), 'bad-header', 'got 1.0'],
    ['a dimension in quotes', file(`{"a":${entry('F32', '["1"]', '[0,4]')}}`, 4), 'bad-tensor',
      'a.shape: expected a list of whole numbers'],
    ['an unknown type', file(`{"a":${entry('F33', '[1]', '[0,4]')}}`, 4), 'bad-tensor', 'a: expected a known dtype, got F33'],
    ['an unknown key', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 4), 'bad-tensor',
      'only dtype, shape and data_offsets'],
    ['metadata that is no text', file('{"__metadata__":{"format":1}}', 0), 'bad-header', '__metadata__.format: expected a text'],
  ])('%s', (_, bytes, code, sentence) => {
    const refusal = refusalOf(bytes);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(sentence);
    expect(refusal.message).toMatch(/^m\.safetensors[^\n]*\.$/);
  });

  test('a file cut at any byte', () => {
    const whole = writeSafetensors(new Map([['w', hostTensor([3], [1, 2, 3])]]));
    for (let length = 0; length < whole.length; length++) expect(refusalOf(whole.slice(0, length)).code).toMatch(/bad-/);
  });

  test('a file with any one byte of its header changed never gives a tensor of another size', () => {
    const whole = writeSafetensors(new Map([['w', hostTensor([2, 3], [1, 2, 3, 4, 5, 6])]]));
    for (let at = 0; at < readHeader(whole, 'm').dataOffset; at++) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 0x11;
      try {
        for (const { shape, data } of readSafetensors(bytes, 'm').values()) expect(shape.reduce((a, b) => a * b, 1)).toBe(data.length);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }
  });
});

describe.skipIf(SHARED_DATA === undefined)(`files of the reference library's own tests${WHY_SKIPPED}`, () => {
  test.each([
    'test_deserialization.0', 'test_empty_shapes_allowed.0', 'test_whitespace_padded_header.0', 'test_zero_sized_tensor.0', 'djl_list',
      'jfk-codes',
  ])('%s is accepted, as there', (name) => {
    expect(() => readHeader(sharedFile(`safetensors/${name}.safetensors`), name)).not.toThrow();
  });

  test.each([
    'test_header_too_large.0', 'test_invalid_header_length.0', 'test_invalid_header_non_utf8.0', 'test_invalid_header_not_json.0',
    'test_invalid_info.0', 'test_metadata_incomplete_buffer.0', 'test_metadata_incomplete_buffer.1', 'test_validation_overflow.0',
    'test_validation_overflow.1', 'test_whitespace_leading_padded_header.0',
  ])('%s is refused, as there', (name) => {
    expect(() => readHeader(sharedFile(`safetensors/${name}.safetensors`), name)).toThrow(Refusal);
  });

  test('jfk-codes lists one I64 tensor of shape (1, 2, 828)', () => {
    const { tensors } = readHeader(sharedFile('safetensors/jfk-codes.safetensors'), 'jfk');
    expect(tensors.get('codes')).toMatchObject({ dtype: 'I64', shape: [1, 2, 828] });
  });
});
