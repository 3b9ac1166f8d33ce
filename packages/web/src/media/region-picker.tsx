// Lies over a picture while somebody chooses a part of it: a rectangle that is dragged with the pointer.
import { useState, type PointerEvent, type ReactNode } from 'react';
import { containedIn, draggedRegion, type Box } from '../layout/region.js';
import { t } from '../text/index.js';
import { RegionOutline } from './region-outline.js';
import styles from './region.module.css';

/** What is smaller on the page holds nothing that could be looked for. */
export const LEAST_PX = 8;

interface Drag {
  readonly from: { readonly x: number; readonly y: number };
  readonly picture: Box;
  readonly region: Box;
}

interface RegionPickerProps {
  /** Width by height of the picture. */
  readonly ratio: number;
  readonly onPick: (region: Box) => void;
  /** What was dragged is too small to look for. */
  readonly onTooSmall: () => void;
}

export const RegionPicker = ({ ratio, onPick, onTooSmall }: RegionPickerProps): ReactNode => {
  const [drag, setDrag] = useState<Drag | null>(null);
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const picture = containedIn(event.currentTarget.getBoundingClientRect(), ratio);
    const from = { x: event.clientX, y: event.clientY };
    setDrag({ from, picture, region: draggedRegion(from, from, picture) });
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag === null) return;
    const to = { x: event.clientX, y: event.clientY };
    setDrag({ ...drag, region: draggedRegion(drag.from, to, drag.picture) });
  };
  const end = (): void => {
    setDrag(null);
    if (drag === null) return;
    const { picture, region } = drag;
    if (Math.min(region.width * picture.width, region.height * picture.height) >= LEAST_PX) onPick(region);
    else onTooSmall();
  };
  return (
    <div
      className={styles['picker']}
      role="application"
      aria-label={t.search.chooseRegion}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      {drag !== null && <RegionOutline region={drag.region} ratio={ratio} />}
    </div>
  );
};
