/** Hands a file to the browser to be saved. Nothing leaves the tab. */
export function saveFile(name: string, content: string | ArrayBuffer | Uint8Array<ArrayBuffer>, type: string): void {
  saveBlob(name, new Blob([content], { type }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun; what it reads may go a moment later.
  setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}

/** A name as files have them: letters, digits and _ of a text. */
export function fileName(text: string): string {
  return text.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '').toLowerCase();
}
