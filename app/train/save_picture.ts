import { saveBlob, saveFile } from '../shell/save_file';

/** Pixels of the file for one of the drawing: sharp on paper and on dense screens. */
const DENSITY = 2;

export function saveSvg(name: string, svg: string): void {
  saveFile(name, svg, 'image/svg+xml');
}

/** Rejects where the browser draws no SVG. */
export async function savePng(name: string, svg: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = DENSITY * image.width;
    canvas.height = DENSITY * image.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => { canvas.toBlob(done, 'image/png'); });
    if (blob === null) throw new Error('the canvas gave no picture');
    saveBlob(name, blob);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Resolves colours of the theme as they are now, e.g. light-dark(). */
export function themeColours(): (property: string) => string {
  const known = new Map<string, string>();
  const probe = document.createElement('span');
  return (property) => {
    const found = known.get(property);
    if (found !== undefined) return found;
    probe.style.color = `var(${property})`;
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    known.set(property, colour);
    return colour;
  };
}
