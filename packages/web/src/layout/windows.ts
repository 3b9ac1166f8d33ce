// Which windows of a long list a stretch of it lies in.

/** The numbers of the windows, of `size` places each, in which places from `from` to `to` lie, as far as there are any. */
export const windowsOf = (
  { from, to }: { readonly from: number; readonly to: number },
  total: number,
  size: number,
): readonly number[] => {
  const first = Math.floor(Math.max(0, from) / size);
  const last = Math.floor(Math.min(total - 1, to) / size);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
};

/** Browsers draw no box that is taller, px. */
const TALLEST = 15_000_000;

/** How tall the box is that stands for a list of this height: as tall, as far as there are such boxes. */
export const canvasHeight = (height: number): number => Math.min(height, TALLEST);

/** From where the box is scrolled to where in the list that is; `view`: how much of it is seen. */
export const listTop = (scrolled: number, height: number, view: number): number => {
  const canvas = canvasHeight(height);
  return canvas === height ? scrolled : (scrolled * (height - view)) / Math.max(1, canvas - view);
};

/** The other way. */
export const scrollTop = (top: number, height: number, view: number): number => {
  const canvas = canvasHeight(height);
  return canvas === height ? top : (top * (canvas - view)) / Math.max(1, height - view);
};
