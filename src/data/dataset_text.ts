import { Refusal } from '../errors/refusal';

const MAX_BYTES = 256 * 2 ** 20;
/** What the first bytes of a file say it is, where it is no text: signature, and what to do with it. */
const SIGNATURES: readonly (readonly [readonly number[], string, string])[] = [
  [[0x1f, 0x8b], 'a gzip archive', 'unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive', 'unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive', 'unpack it first'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive', 'unpack it first'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file', 'convert it to JSONL first'],
  [[0xff, 0xfe], 'UTF-16', 'save it as UTF-8'],
  [[0xfe, 0xff], 'UTF-16', 'save it as UTF-8'],
];

/**
 * A dataset's text; a UTF-8 byte-order mark is taken off. Archives, UTF-16 and other encodings are refused, with the line
 * where the first foreign byte stands. Nothing is unpacked, so that no small file becomes a huge one.
 */
export function datasetText(bytes: Uint8Array, file: string): string {
  if (bytes.length > MAX_BYTES) {
    throw new Refusal('bad-dataset', {
      file, expected: `at most ${String(MAX_BYTES)} bytes`, got: String(bytes.length), fix: 'split the file',
    });
  }
  for (const [signature, got, fix] of SIGNATURES) {
    if (signature.every((byte, i) => bytes[i] === byte)) throw new Refusal('bad-dataset', { file, expected: 'UTF-8 text', got, fix });
  }
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    throw new Refusal('bad-dataset', {
      file, offset: lineOf(bytes, zero), offsetUnit: 'line', expected: 'UTF-8 text', got: 'a zero byte, as in UTF-16',
      fix: 'save it as UTF-8',
    });
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refusal('bad-dataset', {
      file, offset: firstBadLine(bytes), offsetUnit: 'line', expected: 'UTF-8 text', got: 'bytes that are not UTF-8',
      fix: 'save it as UTF-8',
    });
  }
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return line;
}

function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let i = bytes.indexOf(0x0a); i !== -1 && i < at; i = bytes.indexOf(0x0a, i + 1)) line += 1;
  return line;
}
