import { Refusal } from '../errors/refusal';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 2.0, which is what every reader knows. */
const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** 1 January 1980, 0 o'clock: the same files give the same bytes at any time. */
const DATE = 0x0021;
const LARGEST = 0xffffffff;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/**
 * Files as one ZIP archive, stored as they are: weights hardly shrink. The same files in the same order give the same bytes.
 * Source: APPNOTE.TXT 6.3.10 (PKWARE), without ZIP64.
 * @throws Refusal 'bad-option' for more than 4 GiB together, or more than 65,535 files.
 */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const entries = [...files].map(([name, bytes]) => ({ name: text.encode(name), bytes, crc: crc32(bytes) }));
  const size = entries.reduce((sum, { name, bytes }) => sum + 30 + 46 + 2 * name.length + bytes.length, 22);
  if (size > LARGEST || entries.length > 0xffff) {
    throw new Refusal('bad-option', { file: 'the archive', expected: 'at most 4 GiB and 65,535 files', got: `${String(size)} bytes in ${String(entries.length)} files`, fix: 'save a smaller model' });
  }
  const out = new Writer(size);
  const starts = entries.map(({ name, bytes, crc }) => {
    const start = out.at;
    out.u32(LOCAL);
    out.facts(crc, bytes.length, name.length);
    out.bytes(name);
    out.bytes(bytes);
    return start;
  });
  const directory = out.at;
  entries.forEach(({ name, bytes, crc }, i) => {
    out.u32(CENTRAL);
    out.u16(VERSION);
    out.facts(crc, bytes.length, name.length);
    // No comment, disk 0, no attributes.
    out.u16(0, 0, 0);
    out.u32(0, starts[i] ?? 0);
    out.bytes(name);
  });
  const length = out.at - directory;
  out.u32(END);
  out.u16(0, 0, entries.length, entries.length);
  out.u32(length, directory);
  out.u16(0);
  return out.all;
}

/** CRC-32 of ISO 3309, as ZIP and gzip have it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Little-endian, one field after another. */
class Writer {
  readonly all: Uint8Array<ArrayBuffer>;
  at = 0;
  private readonly view: DataView;

  constructor(size: number) {
    this.all = new Uint8Array(size);
    this.view = new DataView(this.all.buffer);
  }

  u16(...values: readonly number[]): void {
    for (const value of values) {
      this.view.setUint16(this.at, value, true);
      this.at += 2;
    }
  }

  u32(...values: readonly number[]): void {
    for (const value of values) {
      this.view.setUint32(this.at, value, true);
      this.at += 4;
    }
  }

  bytes(values: Uint8Array): void {
    this.all.set(values, this.at);
    this.at += values.length;
  }

  /** What stands in both headers of a file: reader's version, flags, method "stored", date, checksum, sizes, lengths of name and extra. */
  facts(crc: number, size: number, nameLength: number): void {
    this.u16(VERSION, UTF8, 0, 0, DATE);
    this.u32(crc, size, size);
    this.u16(nameLength, 0);
  }
}
