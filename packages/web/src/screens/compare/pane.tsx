// One pane of the comparison: what it shows follows the shared zoom and pan; wheel, drag and double click change them.
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { ARROWS } from '../../layout/plane.js';
import { FIT, panBy, zoomAt, type ViewBox } from '../../layout/view-box.js';
import { useWheel } from '../../parts/use-wheel.js';
import styles from './compare.module.css';

const WHEEL_FACTOR = 1.0015;
/** Of the pane, with each key. */
const STEP = 0.1;

interface PaneProps {
  readonly label: string;
  readonly view: ViewBox;
  readonly onView: (next: (view: ViewBox) => ViewBox) => void;
  readonly children: ReactNode;
}

export const Pane = ({ label, view, onView, children }: PaneProps): ReactNode => {
  const pane = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  useWheel(pane, ({ deltaY, clientX, clientY }, { left, top, width, height }) =>
    onView((now) => zoomAt(now, WHEEL_FACTOR ** -deltaY, (clientX - left) / width, (clientY - top) / height)),
  );
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!dragging) return;
    const box = event.currentTarget.getBoundingClientRect();
    onView((now) => panBy(now, event.movementX / box.width, event.movementY / box.height));
  };
  /** Arrow keys go over what is larger than the pane; the page scrolls by them where it is not. */
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined || view.zoom === 1) return;
    event.preventDefault();
    const [dx, dy] = arrow;
    onView((now) => panBy(now, -STEP * dx, -STEP * dy));
  };
  return (
    <div
      ref={pane}
      className={styles['pane']}
      role="group"
      aria-label={label}
      tabIndex={0}
      data-zoomed={view.zoom > 1}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={drag}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onDoubleClick={() => onView(() => FIT)}
      onKeyDown={press}
    >
      {children}
      <span className={styles['label']} aria-hidden>
        {label}
      </span>
    </div>
  );
};
