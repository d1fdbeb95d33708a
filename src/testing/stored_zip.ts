/** The files of an archive that writeZip made, found from its end as readers do. Their checksums are the caller's to hold against. */
export function storedFiles(zip: Uint8Array): Map<string, { readonly bytes: Uint8Array; readonly crc: number }> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - 22;
  if (view.getUint32(end, true) !== 0x06054b50) throw new RangeError('no end of the directory');
  const files = new Map<string, { bytes: Uint8Array; crc: number }>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [crc, size, name, start] = [view.getUint32(at + 16, true), view.getUint32(at + 24, true), view.getUint16(at + 28, true), view.getUint32(at + 42, true)];
    const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    files.set(new TextDecoder().decode(zip.subarray(at + 46, at + 46 + name)), { bytes: zip.slice(data, data + size), crc });
    at += 46 + name;
  }
  return files;
}
