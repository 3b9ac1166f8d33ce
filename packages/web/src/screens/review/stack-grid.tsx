// The grid: justified rows, only those in sight are drawn, scroll kept with the address.
import type { StackTile } from '@redthread/core/contract';
import { useElementScrollRestoration } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { rowOf, type Row } from '../../layout/justified.js';
import { t } from '../../text/index.js';
import styles from './stack-grid.module.css';
import { Tile } from './tile.js';

export const GRID_GAP = 4;
const GRID_PAD = 4;
/** Rows drawn beyond the edge, and rows before the end at which the next page is asked for. */
const OVERSCAN = 4;

interface StackGridProps {
  readonly tiles: readonly StackTile[];
  readonly rows: readonly Row[];
  readonly selected: string | undefined;
  readonly marked: string | undefined;
  /** Says on each tile whose it is. */
  readonly withCountry: boolean;
  readonly onWidth: (px: number) => void;
  readonly onSelect: (mediaId: string) => void;
  readonly onOpen: (mediaId: string) => void;
  readonly onNearEnd: () => void;
}

export const StackGrid = (props: StackGridProps): ReactNode => {
  const { tiles, rows, selected, marked, withCountry, onWidth, onSelect, onOpen, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [first] = useState(selected);
  const kept = useElementScrollRestoration({ id: 'review-grid' });
  // The virtualiser keeps its own mutable state: the compiler may not memoise this component, and need not.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.height ?? 0) + GRID_GAP,
    overscan: OVERSCAN,
    initialOffset: kept?.scrollY ?? 0,
    paddingEnd: GRID_GAP,
  });

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
    virtual.measure();
  }, [virtual, rows]);

  // The selection stays in sight; on the first drawing a kept scroll position goes before it.
  const shown = useRef(kept === undefined ? undefined : first);
  useEffect(() => {
    if (selected === undefined || rows.length === 0 || shown.current === selected) return;
    const index = tiles.findIndex((tile) => tile.mediaId === selected);
    if (index === -1) return;
    shown.current = selected;
    virtual.scrollToIndex(rowOf(rows, index), { align: 'auto' });
  }, [selected, rows, tiles, virtual]);

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - OVERSCAN) onNearEnd();
  }, [lastShown, rows.length, onNearEnd]);

  return (
    <div
      ref={scroller}
      className={styles['grid']}
      data-scroll-restoration-id="review-grid"
      role="listbox"
      aria-label={t.review.title}
      aria-activedescendant={selected === undefined ? undefined : `tile-${selected}`}
      tabIndex={0}
    >
      <div className={styles['canvas']} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) =>
          (rows[item.index]?.cells ?? []).map((cell) => {
            const tile = tiles[cell.index];
            return tile === undefined ? null : (
              <Tile
                key={tile.mediaId}
                tile={tile}
                selected={tile.mediaId === selected}
                marked={tile.mediaId === marked}
                withCountry={withCountry}
                style={{ top: item.start, left: cell.x, width: cell.width, height: rows[item.index]?.height }}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            );
          }),
        )}
      </div>
    </div>
  );
};
