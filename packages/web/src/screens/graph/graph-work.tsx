// The graph at work: the picture, the list beside it, what keys and buttons do to both.
import type { GraphNeighbours, GraphStart } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { callVoid } from '../../api/client.js';
import { graphPath, meQuery } from '../../api/queries.js';
import type { GraphSearch } from '../../app/search-schemas.js';
import type { Scene } from '../../graph/draw.js';
import { pathBetween } from '../../graph/graph-model.js';
import { viewOfAll, type GraphView } from '../../graph/graph-view.js';
import { ViewStore } from '../../graph/view-store.js';
import type { Places } from '../../graph/lay-out.js';
import type { Point } from '../../layout/plane.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useSize } from '../../parts/use-size.js';
import { t } from '../../text/index.js';
import { exportPng } from './export-png.js';
import { GraphBar } from './graph-bar.js';
import { coloursOf, GraphCanvas } from './graph-canvas.js';
import { useGraphKeys } from './graph-keys.js';
import { GraphList, type GraphActs } from './graph-list.js';
import styles from './graph.module.css';
import { nameOf, NodeShapeMark } from './names.js';
import { usePicture } from './use-picture.js';
import { usePlaces } from './use-places.js';

const route = getRouteApi('/shell/graph');
const words = t.graph;
/** So many neighbourhoods are asked for in one step, and stand in an address. */
const AT_ONCE = 20;
const MOST_EXPANDED = 60;
const SHAPES = ['case', 'person', 'place', 'device', 'series', 'other'] as const;

interface WorkProps {
  readonly start: GraphStart;
  readonly first: GraphNeighbours;
  readonly kept: Places;
}

export const GraphWork = ({ start, first, kept }: WorkProps): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const login = useQuery(meQuery).data?.login ?? '';
  const change = useCallback(
    (part: Partial<GraphSearch>): void =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { picture, shown, groups, more, error } = usePicture(first, search);
  const [pins, setPins] = useState(kept);
  const { places, waiting, move } = usePlaces(shown, pins);
  const [size, measure] = useSize();
  const [views] = useState(() => new ViewStore());
  const fitted = useMemo(
    () =>
      viewOfAll(
        shown.nodes.flatMap(({ key }) => places[key] ?? []),
        size,
      ),
    [shown, places, size],
  );
  const onView = useCallback(
    (next: (now: GraphView) => GraphView) => views.move(next(views.read() ?? fitted)),
    [views, fitted],
  );
  const [failed, setFailed] = useState<unknown>(null);

  const keepPins = (next: Places): void => {
    setPins(next);
    callVoid(`${graphPath(start)}/layout`, { method: 'PUT', body: { pins: next } }).catch(setFailed);
  };
  const onMove = (key: string, to: Point, isEnd: boolean): void => {
    move(key, to);
    if (isEnd) keepPins({ ...pins, [key]: to });
    else setPins((now) => ({ ...now, [key]: to }));
  };
  const { from, to, at } = search;
  const ends = useMemo(
    () => [from, to].filter((key) => key !== undefined).filter((key) => picture.nodes.has(key)),
    [from, to, picture],
  );
  const path = useMemo(() => {
    const [one, other] = ends;
    return one === undefined || other === undefined ? [] : pathBetween(shown.edges, one, other);
  }, [ends, shown]);

  const unexpanded = shown.nodes.flatMap(({ key }) => (picture.expanded.has(key) ? [] : [key]));
  const next = unexpanded.slice(0, Math.min(AT_ONCE, MOST_EXPANDED - more.length));
  const expand = (keys: readonly string[]): void => change({ open: [...new Set([...more, ...keys])].join(',') });
  const acts: GraphActs = {
    choose: (key) => change({ at: key }),
    expand: (key) => {
      if (!picture.expanded.has(key) && more.length < MOST_EXPANDED) expand([key]);
    },
    pin: (key) => {
      const { [key]: before, ...rest } = pins;
      const place = before ?? places[key];
      if (place === undefined) return;
      move(key, place);
      keepPins(before === undefined ? { ...pins, [key]: place } : rest);
    },
    takeEnd: (key) => change(from === undefined || to !== undefined ? { from: key, to: undefined } : { to: key }),
    clearPath: () => change({ from: undefined, to: undefined }),
  };
  const chosen = at === undefined ? undefined : picture.nodes.get(at);
  useGraphKeys({ chosen, first: first.node.key, places, acts, size, onView, onFit: () => views.move(null) });
  const scene: Scene = useMemo(
    () => ({
      ...{ nodes: shown.nodes, edges: shown.edges, groups, places, ends, nameOf },
      path: path ?? [],
      chosen: at,
      pinned: new Set(Object.keys(pins)),
    }),
    [shown, groups, places, ends, path, at, pins],
  );
  const onPng = (element: Element): void => {
    setFailed(null);
    const colours = coloursOf(element);
    const view = views.read() ?? fitted;
    exportPng({ start, name: nameOf(first.node), login, size, view, colours, scene }).catch(setFailed);
  };

  return (
    <div className={styles['graph']}>
      <GraphBar
        {...{ shown, search, change, onPng, leftOut: picture.leftOut, next: next.length }}
        onExpandAll={() => expand(next)}
        onFit={() => views.move(null)}
      />
      {error !== null && <ProblemNotice error={error} />}
      {failed !== null && <ProblemNotice error={failed} />}
      <div className={styles['work']}>
        <div ref={measure} className={styles['picture']} data-nodes={shown.nodes.length} data-waiting={waiting}>
          <GraphCanvas
            {...{ scene, views, fitted, size, onView, onMove }}
            onChoose={acts.choose}
            onExpand={acts.expand}
          />
          {waiting > 0 && <p className={styles['laying']}>{words.laying(waiting)}</p>}
          <p className={styles['legend']}>
            {SHAPES.map((shape) => (
              <span key={shape}>
                <NodeShapeMark shape={shape} /> {words.shapes[shape]}
              </span>
            ))}
            <span>{words.weight}</span>
          </p>
        </div>
        <GraphList
          {...{ nodes: picture.nodes, edges: shown.edges, expanded: picture.expanded, chosen, ends, path, acts }}
          pinned={scene.pinned}
        />
      </div>
    </div>
  );
};
