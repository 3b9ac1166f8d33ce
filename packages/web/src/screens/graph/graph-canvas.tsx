// The picture of the graph: panned, zoomed, its nodes chosen and dragged; everything that it says stands in the list beside it too.
import { useEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { gradeColour } from '../../form/grade.js';
import { drawGraph, NODE_PX, type Colours, type GraphView, type Scene } from '../../graph/draw.js';
import { t } from '../../text/index.js';
import styles from './graph.module.css';

interface CanvasProps {
  readonly scene: Scene;
  /** Null: all of it, fitted. */
  readonly view: GraphView;
  readonly onView: (next: (view: GraphView) => GraphView) => void;
  readonly onSize: (size: { readonly width: number; readonly height: number }) => void;
  readonly onChoose: (key: string | undefined) => void;
  readonly onExpand: (key: string) => void;
  readonly onMove: (key: string, to: { readonly x: number; readonly y: number }, isEnd: boolean) => void;
}

/** As the page is coloured now. */
export const coloursOf = (element: Element): Colours => {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const named = (value: string): string => {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
    return name === undefined ? value : read(name);
  };
  return {
    bg: read('--bg'),
    surface: read('--surface'),
    raised: read('--raised'),
    line: read('--line'),
    text: read('--text'),
    muted: read('--muted'),
    accent: read('--accent'),
    font: style.fontFamily,
    grade: (grade) => named(gradeColour(grade)),
  };
};

const ZOOM_STEP = 1.2;
const LEAST_SCALE = 0.02;
const MOST_SCALE = 6;

export const zoomedAt = (view: GraphView, factor: number, x: number, y: number): GraphView => {
  const scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
};

interface Drag {
  readonly key: string | null;
  readonly x: number;
  readonly y: number;
  readonly moved: boolean;
}

const HIT_PX = 6;
/** What moves less was a click. */
const CLICK_PX = 4;

export const GraphCanvas = (props: CanvasProps): ReactNode => {
  const { scene, view, onView, onSize, onChoose, onExpand, onMove } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scheme, setScheme] = useState(0);
  const drag = useRef<Drag | null>(null);
  useEffect(() => {
    const box = canvas.current?.parentElement;
    if (!box) return undefined;
    const measured = (): void => {
      const next = { width: box.clientWidth, height: box.clientHeight };
      setSize(next);
      onSize(next);
    };
    const sizes = new ResizeObserver(measured);
    sizes.observe(box);
    const colours = new MutationObserver(() => setScheme((now) => now + 1));
    colours.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      sizes.disconnect();
      colours.disconnect();
    };
  }, [onSize]);
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen || size.width === 0) return;
    const dense = window.devicePixelRatio || 1;
    element.width = Math.round(size.width * dense);
    element.height = Math.round(size.height * dense);
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    drawGraph(pen, size, view, coloursOf(element), scene);
  }, [scene, view, size, scheme]);
  // React listens to wheels passively: the page would scroll as well.
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const factor = event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP;
      onView((now) => zoomedAt(now, factor, event.clientX - box.left, event.clientY - box.top));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [onView]);

  const nodeAt = (event: PointerEvent | MouseEvent): string | null => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return null;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const reach = NODE_PX * Math.max(0.45, Math.min(1.4, view.scale)) + HIT_PX;
    let best: string | null = null;
    let least = reach;
    for (const { key } of scene.nodes) {
      const place = scene.places[key];
      if (place === undefined) continue;
      const distance = Math.hypot(place.x * view.scale + view.x - x, place.y * view.scale + view.y - y);
      if (distance < least) [best, least] = [key, distance];
    }
    return best;
  };
  const down = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { key: nodeAt(event), x: event.clientX, y: event.clientY, moved: false };
  };
  const toGraph = (event: PointerEvent): { x: number; y: number } => {
    const box = canvas.current?.getBoundingClientRect();
    return {
      x: Math.round((event.clientX - (box?.left ?? 0) - view.x) / view.scale),
      y: Math.round((event.clientY - (box?.top ?? 0) - view.y) / view.scale),
    };
  };
  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    const now = drag.current;
    if (now === null) return;
    const [dx, dy] = [event.clientX - now.x, event.clientY - now.y];
    if (!now.moved && Math.hypot(dx, dy) < CLICK_PX) return;
    if (now.key !== null) {
      onMove(now.key, toGraph(event), false);
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
    else if (now.key !== null) onMove(now.key, toGraph(event), true);
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
