/** Px of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What all boxes that have a size cover; undefined without any. */
export function around(boxes: readonly Box[]): Box | undefined {
  const sized = boxes.filter(({ left, top, right, bottom }) => right > left && bottom > top);
  if (sized.length === 0) return undefined;
  return {
    left: Math.min(...sized.map(({ left }) => left)), top: Math.min(...sized.map(({ top }) => top)),
    right: Math.max(...sized.map(({ right }) => right)), bottom: Math.max(...sized.map(({ bottom }) => bottom)),
  };
}

const GAP = 16;

interface Size { readonly width: number; readonly height: number }

/** Where a note stands beside a part: below, above, at its right, at its left, where there is room; else at the window's lower right. */
export function beside(part: Box | undefined, { width, height }: Size, view: Size): { readonly left: number; readonly top: number } {
  const inside = (left: number): number => Math.max(GAP, Math.min(view.width - width - GAP, left));
  const corner = { left: inside(view.width), top: Math.max(GAP, view.height - height - GAP) };
  if (part === undefined) return corner;
  if (part.bottom + GAP + height <= view.height) return { left: inside(part.left), top: Math.max(GAP, part.bottom + GAP) };
  if (part.top - GAP - height >= 0) return { left: inside(part.left), top: Math.min(part.top - GAP - height, view.height - height - GAP) };
  const top = Math.max(GAP, Math.min(view.height - height - GAP, part.top));
  if (part.right + GAP + width <= view.width) return { left: part.right + GAP, top };
  if (part.left - GAP - width >= 0) return { left: part.left - GAP - width, top };
  return corner;
}
