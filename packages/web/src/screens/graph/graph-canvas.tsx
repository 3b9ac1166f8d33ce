// The picture of the graph: panned, zoomed, its nodes chosen and dragged; everything that it says stands in the list beside it too.
import { GRADES } from '@redthread/core/domain';
import { useEffect, useRef, useState, useSyncExternalStore, type PointerEvent, type ReactNode } from 'react';
import { gradeColour } from '../../form/grade.js';
import { nodePx, type Colours, type Scene } from '../../graph/draw.js';
import { inGraph, onPage, zoomedAt, type GraphView } from '../../graph/graph-view.js';
import { GraphPainter } from '../../graph/painter.js';
import type { ViewStore } from '../../graph/view-store.js';
import type { Point, Size } from '../../layout/plane.js';
import { useWheel } from '../../parts/use-wheel.js';
import { t } from '../../text/index.js';
import styles from './graph.module.css';

interface CanvasProps {
  readonly scene: Scene;
  readonly views: ViewStore;
  /** All of it, while nobody has panned or zoomed. */
  readonly fitted: GraphView;
  readonly size: Size;
  readonly onView: (next: (view: GraphView) => GraphView) => void;
  readonly onChoose: (key: string | undefined) => void;
  readonly onExpand: (key: string) => void;
  readonly onMove: (key: string, to: Point, isEnd: boolean) => void;
}

/** As the page is coloured now. */
export const coloursOf = (element: Element): Colours => {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const named = (value: string): string => {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
    return name === undefined ? value : read(name);
  };
  const grades = Object.fromEntries(GRADES.map((grade) => [grade, named(gradeColour(grade))]));
  return {
    bg: read('--bg'),
    surface: read('--surface'),
    raised: read('--raised'),
    text: read('--text'),
    muted: read('--muted'),
    accent: read('--accent'),
    font: style.fontFamily,
    grade: (grade) => grades[grade] ?? named(gradeColour(grade)),
  };
};

const ZOOM_STEP = 1.2;

interface Drag {
  readonly key: string | null;
  readonly x: number;
  readonly y: number;
  readonly moved: boolean;
}

const HIT_PX = 6;
/** What moves less was a click. */
const CLICK_PX = 4;

export const GraphCanvas = ({ scene, views, fitted, size, onView, ...on }: CanvasProps): ReactNode => {
  const { onChoose, onExpand, onMove } = on;
  const view = useSyncExternalStore(views.subscribe, views.read) ?? fitted;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [scheme, setScheme] = useState(0);
  const drag = useRef<Drag | null>(null);
  const [painter] = useState(() => new GraphPainter());
  useEffect(() => {
    const colours = new MutationObserver(() => setScheme((now) => now + 1));
    colours.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => colours.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    if (element === null || size.width === 0) return;
    painter.paint(element, { size, view, colours: coloursOf(element), scene });
    return () => painter.rest();
  }, [painter, scene, view, size, scheme]);
  useWheel(canvas, ({ deltaY, clientX, clientY }, { left, top }) => {
    const factor = deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP;
    onView((now) => zoomedAt(now, factor, clientX - left, clientY - top));
  });

  const pointOf = ({ clientX, clientY }: PointerEvent | MouseEvent): Point => {
    const box = canvas.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  const nodeAt = (event: PointerEvent | MouseEvent): string | null => {
    const at = pointOf(event);
    let [best, least]: [string | null, number] = [null, nodePx(view) + HIT_PX];
    for (const { key } of scene.nodes) {
      const place = scene.places[key];
      if (place === undefined) continue;
      const { x, y } = onPage(view, place);
      const distance = Math.hypot(x - at.x, y - at.y);
      if (distance < least) [best, least] = [key, distance];
    }
    return best;
  };
  const down = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { key: nodeAt(event), x: event.clientX, y: event.clientY, moved: false };
  };
  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    const now = drag.current;
    if (now === null) return;
    const [dx, dy] = [event.clientX - now.x, event.clientY - now.y];
    if (!now.moved && Math.hypot(dx, dy) < CLICK_PX) return;
    if (now.key !== null) {
      onMove(now.key, inGraph(view, pointOf(event)), false);
      drag.current = { ...now, moved: true };
      return;
    }
    onView((before) => ({ ...before, x: before.x + dx, y: before.y + dy }));
    drag.current = { ...now, x: event.clientX, y: event.clientY, moved: true };
  };
  const up = (event: PointerEvent<HTMLCanvasElement>): void => {
    const now = drag.current;
    drag.current = null;
    if (now === null) return;
    if (!now.moved) onChoose(now.key ?? undefined);
    else if (now.key !== null) onMove(now.key, inGraph(view, pointOf(event)), true);
  };
  return (
    <canvas
      ref={canvas}
      className={styles['canvas']}
      role="img"
      aria-label={t.graph.picture(scene.nodes.length, scene.edges.length)}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => {
        drag.current = null;
      }}
      onDoubleClick={(event) => {
        const key = nodeAt(event.nativeEvent);
        if (key !== null) onExpand(key);
      }}
    />
  );
};
