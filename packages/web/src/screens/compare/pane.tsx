// One pane of the comparison: what it shows follows the shared zoom and pan; wheel, drag and double click change them.
import { useEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { FIT, panBy, zoomAt, type ViewBox } from '../../layout/view-box.js';
import styles from './compare.module.css';

const WHEEL_FACTOR = 1.0015;

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
  return (
    <div
      ref={pane}
      className={styles['pane']}
      data-zoomed={view.zoom > 1}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={drag}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onDoubleClick={() => onView(() => FIT)}
    >
      {children}
      <span className={styles['label']}>{label}</span>
    </div>
  );
};
