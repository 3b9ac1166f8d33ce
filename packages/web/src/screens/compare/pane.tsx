// One pane of the comparison: what it shows follows the shared zoom and pan; wheel, drag and double click change them.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { FIT, panBy, zoomAt, type ViewBox } from '../../layout/view-box.js';
import styles from './compare.module.css';

const WHEEL_FACTOR = 1.0015;
/** Of the pane, with each key. */
const STEP = 0.1;
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

interface PaneProps {
  readonly label: string;
  readonly view: ViewBox;
  readonly onView: (next: (view: ViewBox) => ViewBox) => void;
  readonly children: ReactNode;
}

export const Pane = ({ label, view, onView, children }: PaneProps): ReactNode => {
  const pane = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const element = pane.current;
    if (element === null) return undefined;
    // React's wheel listener is passive: the page would scroll beneath the zoom.
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const factor = WHEEL_FACTOR ** -event.deltaY;
      onView((now) =>
        zoomAt(now, factor, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height),
      );
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [onView]);
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!dragging) return;
    const box = event.currentTarget.getBoundingClientRect();
    onView((now) => panBy(now, event.movementX / box.width, event.movementY / box.height));
  };
  /** Arrow keys go over what is larger than the pane; the page scrolls by them where it is not. */
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined || view.zoom === 1) return;
    event.preventDefault();
    onView((now) => panBy(now, ...step));
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
