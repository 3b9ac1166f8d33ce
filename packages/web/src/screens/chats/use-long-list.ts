// A list of millions of rows that are as high as what is in them: only those in sight are drawn. The scroll bar stands for the whole; a wheel, a finger
// or a key moves by as much as it says, however long the list is, because where the list is (`top`) is kept apart from where the box is scrolled to.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { heightsOf, type Heights } from '../../layout/heights.js';
import { canvasHeight, listTop, scrollTop } from '../../layout/windows.js';

/** Rows drawn beyond the edge. */
const OVERSCAN = 8;
/** Whoever moved the bar by more than so many views meant another place of the whole. */
const JUMP_VIEWS = 2;
/** From the last movement until the bar is put where it belongs. */
const REST_MS = 150;
/** Where a row stands that was jumped to: so far down the view. */
const DOWN = 0.25;
/** Air beside a row that is brought into sight, px. */
const AIR_PX = 12;

export interface Drawn {
  readonly first: number;
  readonly last: number;
  /** Where the first of them is drawn in the box, px. */
  readonly y: number;
  /** How high the box is, px. */
  readonly canvas: number;
  /** The first and last in sight. */
  readonly from: number;
  readonly to: number;
}

export interface LongList {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly block: RefObject<HTMLDivElement | null>;
  readonly drawn: Drawn;
  /** Brings a row into sight; by a jump it stands in the upper part of the view. */
  readonly show: (row: number) => void;
}

const NOTHING: Drawn = { first: 0, last: -1, y: 0, canvas: 0, from: 0, to: 0 };

const same = (a: Drawn, b: Drawn): boolean =>
  a.first === b.first &&
  a.last === b.last &&
  a.y === b.y &&
  a.canvas === b.canvas &&
  a.from === b.from &&
  a.to === b.to;

/** Where the list is to be so that a row is in sight; where it is if the row is. */
const inSight = (row: number, top: number, heights: Heights, view: number): number => {
  const [begin, end] = [heights.top(row), heights.top(row + 1)];
  if (begin >= top && end <= top + view) return top;
  return begin < top ? begin - AIR_PX : Math.min(begin - AIR_PX, end - view + AIR_PX);
};

const clamp = (px: number, heights: Heights, view: number): number => Math.max(0, Math.min(heights.whole() - view, px));

/** `start`: the row that is in sight first. */
export const useLongList = (rows: number, estimatePx: number, start: number): LongList => {
  const scroller = useRef<HTMLDivElement>(null);
  const block = useRef<HTMLDivElement>(null);
  const heights = useMemo(() => heightsOf(rows, estimatePx), [rows, estimatePx]);
  const [drawn, setDrawn] = useState(NOTHING);
  /** Where the list is, px; where its box was scrolled to when that was known; the row that was jumped to, and the one that stays in sight as it grows. */
  const at = useRef({ top: 0, scrolled: 0, goal: null as number | null, keep: null as number | null });

  const draw = useCallback((): void => {
    const box = scroller.current;
    if (box === null || rows === 0) return;
    const { top } = at.current;
    const view = box.clientHeight;
    const [from, to] = [heights.at(top), heights.at(top + view - 1)];
    const first = Math.max(0, from - OVERSCAN);
    const next: Drawn = {
      first,
      last: Math.min(rows - 1, to + OVERSCAN),
      y: heights.top(first) - top + at.current.scrolled,
      canvas: Math.max(canvasHeight(heights.whole()), 1),
      from,
      to,
    };
    setDrawn((now) => (same(now, next) ? now : next));
  }, [heights, rows]);

  /** Puts the bar where the list is. */
  const rest = useCallback((): void => {
    const box = scroller.current;
    if (box === null) return;
    box.scrollTop = scrollTop(at.current.top, heights.whole(), box.clientHeight);
    at.current.scrolled = box.scrollTop;
    draw();
  }, [heights, draw]);

  const goTo = useCallback(
    (row: number): void => {
      const box = scroller.current;
      if (box === null) return;
      at.current.goal = row;
      at.current.top = clamp(heights.top(row) - DOWN * box.clientHeight, heights, box.clientHeight);
      rest();
    },
    [heights, rest],
  );

  const show = useCallback(
    (row: number): void => {
      const box = scroller.current;
      if (box === null) return;
      const view = box.clientHeight;
      const { top } = at.current;
      const [begin, end] = [heights.top(row), heights.top(row + 1)];
      at.current.keep = row;
      if (begin >= top && end <= top + view) return;
      if (end < top - view || begin > top + 2 * view) {
        goTo(row);
        return;
      }
      at.current.goal = null;
      at.current.top = clamp(inSight(row, top, heights, view), heights, view);
      rest();
    },
    [heights, goTo, rest],
  );

  /** What is drawn is measured; the row at the top, or the one that was jumped to, stays where it is. */
  const measure = useCallback((): void => {
    const [box, rowsDrawn] = [scroller.current, block.current];
    if (box === null || rowsDrawn === null) return;
    const { top, goal, keep } = at.current;
    const held = heights.at(top);
    const into = top - heights.top(held);
    let isNew = false;
    for (const element of rowsDrawn.children) {
      const row = Number((element as HTMLElement).dataset['row']);
      if (heights.measured(row, element.getBoundingClientRect().height)) isNew = true;
    }
    const view = box.clientHeight;
    // A box that became shorter takes its bar along; what somebody scrolled by is said by the event of it.
    const isTaken = box.scrollTop < at.current.scrolled && box.scrollTop >= box.scrollHeight - view - 1;
    if (!isNew && !isTaken) return;
    const stays = heights.top(held) + into;
    const wanted =
      goal !== null ? heights.top(goal) - DOWN * view : keep === null ? stays : inSight(keep, stays, heights, view);
    at.current.top = clamp(wanted, heights, view);
    if (isTaken) at.current.scrolled = box.scrollTop;
    if (wanted === stays) draw();
    else rest();
  }, [heights, draw, rest]);

  useLayoutEffect(measure, [drawn, measure]);

  const begin = useRef(start);
  useLayoutEffect(() => {
    if (rows > 0) goTo(Math.min(begin.current, rows - 1));
  }, [rows, goTo]);

  useEffect(() => {
    const [box, rowsDrawn] = [scroller.current, block.current];
    if (box === null || rowsDrawn === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const scroll = (): void => {
      const moved = box.scrollTop - at.current.scrolled;
      if (moved === 0) return;
      const [view, whole] = [box.clientHeight, heights.whole()];
      const now = box.scrollTop;
      const top =
        Math.abs(moved) > JUMP_VIEWS * view ? listTop(now, whole, view) : clamp(at.current.top + moved, heights, view);
      at.current = { top, scrolled: now, goal: null, keep: null };
      // At an end of the bar, though not of the list: it would move no further.
      const atEnd = (now <= 0 && top > 1) || (now >= box.scrollHeight - view - 1 && top < whole - view - 1);
      if (atEnd) rest();
      else draw();
      clearTimeout(timer);
      timer = setTimeout(rest, REST_MS);
    };
    const observer = new ResizeObserver(() => {
      measure();
      draw();
    });
    observer.observe(rowsDrawn);
    observer.observe(box);
    box.addEventListener('scroll', scroll, { passive: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      box.removeEventListener('scroll', scroll);
    };
  }, [heights, draw, rest, measure]);

  return { scroller, block, drawn, show };
};
