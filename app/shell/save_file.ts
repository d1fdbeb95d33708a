/** Hands a text or bytes to the browser to be saved. Nothing leaves the tab. */
export function saveFile(name: string, content: string | ArrayBuffer, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun; what it reads may go a moment later.
  setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
