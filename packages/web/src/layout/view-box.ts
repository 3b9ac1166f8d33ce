// Zoom and pan that two panes share: pure arithmetic over a centre (0..1 of the picture) and a magnification.

export interface ViewBox {
  /** 1 = the whole picture fits. */
  readonly zoom: number;
  /** The point of the picture at the middle of the pane, 0..1. */
  readonly x: number;
  readonly y: number;
}

export const FIT: ViewBox = { zoom: 1, x: 0.5, y: 0.5 };
export const MAX_ZOOM = 32;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Keeps the picture in the pane: at zoom 1 it is centred, above that its edge may come to the edge of the pane. */
export const settle = (view: ViewBox): ViewBox => {
  const zoom = clamp(view.zoom, 1, MAX_ZOOM);
  const margin = 0.5 / zoom;
  return { zoom, x: clamp(view.x, margin, 1 - margin), y: clamp(view.y, margin, 1 - margin) };
};

/** Zooms by `factor` so that the picture's point under (px, py), 0..1 of the pane, stays where it is. */
export const zoomAt = (view: ViewBox, factor: number, px = 0.5, py = 0.5): ViewBox => {
  const zoom = clamp(view.zoom * factor, 1, MAX_ZOOM);
  const shift = 1 / view.zoom - 1 / zoom;
  return settle({ zoom, x: view.x + (px - 0.5) * shift, y: view.y + (py - 0.5) * shift });
};

/** Moves by a drag of (dx, dy), in parts of the pane. */
export const panBy = (view: ViewBox, dx: number, dy: number): ViewBox =>
  settle({ ...view, x: view.x - dx / view.zoom, y: view.y - dy / view.zoom });

/** The CSS transform of a picture that fills its pane, origin at its top left. */
export const transformOf = ({ zoom, x, y }: ViewBox): string =>
  `translate(${((0.5 - x * zoom) * 100).toFixed(3)}%, ${((0.5 - y * zoom) * 100).toFixed(3)}%) scale(${zoom.toFixed(4)})`;
