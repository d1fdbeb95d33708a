/** Hands a file to the browser to be saved. Nothing leaves the tab. */
export function saveFile(name: string, text: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun; what it reads may go a moment later.
  setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
