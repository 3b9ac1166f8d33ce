// Lies over a picture while somebody chooses a part of it: a rectangle that is dragged, has two of its corners clicked, or goes by the
// arrow keys, with Shift in its size.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { ARROWS, type Point } from '../layout/plane.js';
import { containedIn, draggedRegion, movedRegion, sizedRegion, type Box } from '../layout/region.js';
import { t } from '../text/index.js';
import { RegionOutline } from './region-outline.js';
import styles from './region.module.css';

/** What is smaller on the page holds nothing that could be looked for. */
export const LEAST_PX = 8;
/** What moves less was a click: a corner. */
const CLICK_PX = 4;
/** Of the picture, with each key. */
const STEP = 0.02;
const FIRST_BY_KEYS: Box = { x: 0.35, y: 0.35, width: 0.3, height: 0.3 };

interface RegionPickerProps {
  /** Width by height of the picture. */
  readonly ratio: number;
  readonly onPick: (region: Box) => void;
  /** What was chosen is too small to look for. */
  readonly onTooSmall: () => void;
}

export const RegionPicker = ({ ratio, onPick, onTooSmall }: RegionPickerProps): ReactNode => {
  const over = useRef<HTMLDivElement>(null);
  const [region, setRegion] = useState<Box | null>(null);
  const pressedAt = useRef<Point | null>(null);
  /** The first of two that are clicked. */
  const corner = useRef<Point | null>(null);
  useEffect(() => over.current?.focus(), []);

  const pictureIn = (element: Element): Box => containedIn(element.getBoundingClientRect(), ratio);
  const finish = (chosen: Box, picture: Box): void => {
    corner.current = null;
    setRegion(null);
    if (Math.min(chosen.width * picture.width, chosen.height * picture.height) >= LEAST_PX) onPick(chosen);
    else onTooSmall();
  };
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pressedAt.current = { x: event.clientX, y: event.clientY };
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const from = corner.current ?? pressedAt.current;
    if (from === null) return;
    setRegion(draggedRegion(from, { x: event.clientX, y: event.clientY }, pictureIn(event.currentTarget)));
  };
  const end = (event: PointerEvent<HTMLDivElement>): void => {
    const pressed = pressedAt.current;
    pressedAt.current = null;
    if (pressed === null) return;
    const to = { x: event.clientX, y: event.clientY };
    const isClick = Math.hypot(to.x - pressed.x, to.y - pressed.y) < CLICK_PX;
    if (isClick && corner.current === null) corner.current = pressed;
    else {
      const picture = pictureIn(event.currentTarget);
      finish(draggedRegion(corner.current ?? pressed, to, picture), picture);
    }
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined && (event.key !== 'Enter' || region === null)) return;
    event.preventDefault();
    event.stopPropagation();
    if (arrow === undefined) {
      if (region !== null) finish(region, pictureIn(event.currentTarget));
    } else if (region === null) setRegion(FIRST_BY_KEYS);
    else setRegion((event.shiftKey ? sizedRegion : movedRegion)(region, STEP * arrow[0], STEP * arrow[1]));
  };
  return (
    <div
      ref={over}
      className={styles['picker']}
      role="application"
      aria-label={`${t.search.chooseRegion}. ${t.search.regionKeys}`}
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => {
        pressedAt.current = null;
        setRegion(null);
      }}
      onKeyDown={press}
    >
      {region !== null && <RegionOutline region={region} ratio={ratio} />}
    </div>
  );
};
