// Lines between places that show the same in both pictures, over the two panes.
import type { Comparison } from '@redthread/core/contract';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Orientation } from '../../layout/orientation.js';
import { placeInPane } from '../../layout/pane-place.js';
import type { ViewBox } from '../../layout/view-box.js';
import styles from './compare.module.css';

interface CommonLinesProps {
  readonly places: Comparison['places'];
  /** Width by height of each picture. */
  readonly ratios: readonly [a: number, b: number];
  readonly turn: Orientation;
  readonly view: ViewBox;
}

interface Panes {
  readonly width: number;
  readonly height: number;
  /** Of one pane; the second ends where all ends. */
  readonly paneWidth: number;
}

/** Stands in the grid beside the panes; the first of these is its first neighbour. */
const panesOf = (lines: Element): Panes | null => {
  const grid = lines.parentElement;
  const pane = grid?.firstElementChild;
  if (!grid || !pane) return null;
  return { width: grid.clientWidth, height: pane.clientHeight, paneWidth: pane.clientWidth };
};

export const CommonLines = ({ places, ratios, turn, view }: CommonLinesProps): ReactNode => {
  const lines = useRef<SVGSVGElement>(null);
  const [panes, setPanes] = useState<Panes | null>(null);
  useEffect(() => {
    const element = lines.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setPanes(panesOf(element)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const pane = panes && { width: panes.paneWidth, height: panes.height };
  const isInside = ({ x, y }: { x: number; y: number }): boolean =>
    pane !== null && x >= 0 && y >= 0 && x <= pane.width && y <= pane.height;
  return (
    <svg ref={lines} className={styles['lines']} aria-hidden data-lines={places.length}>
      {panes !== null &&
        pane !== null &&
        places.map(([ax, ay, bx, by]) => {
          const from = placeInPane(pane, { ratio: ratios[0], turn: 'upright', view }, { x: ax, y: ay });
          const to = placeInPane(pane, { ratio: ratios[1], turn, view }, { x: bx, y: by });
          if (!isInside(from) || !isInside(to)) return null;
          const right = panes.width - panes.paneWidth;
          return <line key={`${ax} ${ay}`} x1={from.x} y1={from.y} x2={right + to.x} y2={to.y} />;
        })}
    </svg>
  );
};
