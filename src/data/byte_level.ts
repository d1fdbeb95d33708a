// Byte-level BPE writes each byte as one printable character, so that a vocabulary is text. The map is GPT-2's: bytes that
// are printable in Latin-1 stand for themselves, the others follow in order from U+0100 on.

const PRINTABLE: readonly (readonly [number, number])[] = [[0x21, 0x7e], [0xa1, 0xac], [0xae, 0xff]];

/** The character of each of the 256 bytes. */
export const BYTE_CHARS: readonly string[] = byteChars();
const BYTES: ReadonlyMap<string, number> = new Map(BYTE_CHARS.map((char, byte) => [char, byte]));

/** A text's UTF-8 bytes, as byte characters. */
export function toByteChars(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => BYTE_CHARS[byte] ?? '').join('');
}

/** The text of byte characters; half a UTF-8 character is shown as U+FFFD. Other characters are left out. */
export function fromByteChars(chars: string): string {
  const bytes = Array.from(chars, (char) => BYTES.get(char)).filter((byte) => byte !== undefined);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

function byteChars(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = PRINTABLE.some(([from, to]) => byte >= from && byte <= to);
    return String.fromCharCode(printable ? byte : next++);
  });
}
