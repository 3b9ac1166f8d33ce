// The grid: justified rows of any number of tiles; only rows in sight are drawn, and only windows near them are read.
import type { ReviewTile } from '@redthread/core/contract';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { cellsOf, rowAt, rowOf, type Grid } from '../../layout/justified.js';
import { canvasHeight, listTop, scrollTop } from '../../layout/windows.js';
import { t } from '../../text/index.js';
import styles from './stack-grid.module.css';
import { Tile } from './tile.js';
import type { Stretch } from './use-tiles.js';

export const GRID_GAP = 4;
const GRID_PAD = 4;
/** Rows drawn beyond the edge. */
const OVERSCAN = 3;

interface StackGridProps {
  readonly review: string;
  readonly grid: Grid;
  readonly tileAt: (place: number) => ReviewTile | undefined;
  /** -1: none. */
  readonly place: number;
  readonly range: Stretch | null;
  readonly marked: string | undefined;
  /** Says on each tile whose it is. */
  readonly withCountry: boolean;
  readonly isWithheld: (tile: ReviewTile) => boolean;
  readonly onWidth: (px: number) => void;
  readonly onSight: (places: Stretch) => void;
  readonly onSelect: (place: number, extend: boolean) => void;
  readonly onOpen: (mediaId: string) => void;
}

interface Rows {
  readonly first: number;
  readonly last: number;
  /** From where rows lie in the list to where they are drawn. */
  readonly shift: number;
}

/** Where each review was scrolled to, while this page is open: Back leads there. */
const scrolls = new Map<string, number>();

const NONE: Rows = { first: 0, last: -1, shift: 0 };

const rowsInSight = (grid: Grid, element: HTMLElement): Rows => {
  if (grid.rows === 0) return NONE;
  const height = grid.top[grid.rows] ?? 0;
  const top = listTop(element.scrollTop, height, element.clientHeight);
  return {
    first: Math.max(0, rowAt(grid, top) - OVERSCAN),
    last: Math.min(grid.rows - 1, rowAt(grid, top + element.clientHeight) + OVERSCAN),
    shift: Math.round(element.scrollTop - top),
  };
};

export const StackGrid = (props: StackGridProps): ReactNode => {
  const { review, grid, tileAt, place, range, marked, withCountry, isWithheld, onWidth, onSight, onSelect, onOpen } =
    props;
  const scroller = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState(NONE);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const report = (): void => onWidth(element.clientWidth - 2 * GRID_PAD);
    report();
    const observer = new ResizeObserver(report);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onWidth]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void =>
      setRows((now) => {
        const next = rowsInSight(grid, element);
        return next.first === now.first && next.last === now.last && next.shift === now.shift ? now : next;
      });
    const scroll = (): void => {
      scrolls.set(review, element.scrollTop);
      look();
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', scroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scroll);
    };
  }, [grid, review]);

  const isBack = useRef(true);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || grid.rows === 0 || !isBack.current) return;
    isBack.current = false;
    element.scrollTop = scrolls.get(review) ?? 0;
  }, [grid, review]);

  const [from, to] = [grid.start[rows.first] ?? 0, (grid.start[Math.min(rows.last + 1, grid.rows)] ?? 0) - 1];
  useEffect(() => {
    if (to >= from) onSight({ from, to });
  }, [from, to, onSight]);

  // The chosen tile stays in sight, whatever the layout is.
  useLayoutEffect(() => {
    const element = scroller.current;
    const row = rowOf(grid, place);
    if (element === null || row === -1) return;
    const height = grid.top[grid.rows] ?? 0;
    const view = element.clientHeight;
    const [top, bottom] = [grid.top[row] ?? 0, (grid.top[row] ?? 0) + (grid.heights[row] ?? 0)];
    const now = listTop(element.scrollTop, height, view);
    if (top < now) element.scrollTop = scrollTop(top, height, view);
    else if (bottom > now + view - 2 * GRID_PAD)
      element.scrollTop = scrollTop(bottom - view + 2 * GRID_PAD, height, view);
  }, [grid, place]);

  const drawn = Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, i) => rows.first + i).filter(
    (row) => row < grid.rows,
  );
  const selected = place < 0 ? undefined : tileAt(place)?.mediaId;
  return (
    <div
      ref={scroller}
      className={styles['grid']}
      role="listbox"
      aria-label={t.review.title}
      aria-multiselectable="true"
      aria-activedescendant={selected === undefined ? undefined : `tile-${selected}`}
      tabIndex={0}
    >
      <div className={styles['canvas']} role="presentation" style={{ height: canvasHeight(grid.top[grid.rows] ?? 0) }}>
        {drawn.map((row) => (
          <div
            key={row}
            role="presentation"
            className={styles['row']}
            style={{ top: (grid.top[row] ?? 0) + rows.shift, height: grid.heights[row] }}
          >
            {cellsOf(grid, row).map(({ index, x, width }) => {
              const tile = tileAt(index);
              return tile === undefined ? (
                <span key={index} className={styles['empty']} style={{ left: x, width }} />
              ) : (
                <Tile
                  key={index}
                  tile={tile}
                  x={x}
                  width={width}
                  selected={index === place}
                  inRange={range !== null && index >= range.from && index <= range.to}
                  marked={tile.mediaId === marked}
                  withCountry={withCountry}
                  withheld={isWithheld(tile)}
                  onSelect={onSelect}
                  onOpen={onOpen}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
};
