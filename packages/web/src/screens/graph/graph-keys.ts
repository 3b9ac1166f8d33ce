// The keys of the graph: arrows go to the nearest node in their direction.
import type { GraphNode } from '@redthread/core/contract';
import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '../../app/keys.js';
import { zoomedAt, type GraphView } from '../../graph/graph-view.js';
import type { Places } from '../../graph/lay-out.js';
import { ARROWS, type Size } from '../../layout/plane.js';
import { t } from '../../text/index.js';
import type { GraphActs } from './graph-list.js';
import { startOf } from './names.js';

const ZOOM_STEP = 1.25;

const nearestIn = (places: Places, from: string, chord: string): string | null => {
  const [at, direction] = [places[from], ARROWS[chord]];
  if (at === undefined || direction === undefined) return null;
  const [dx, dy] = direction;
  let [best, least]: [string | null, number] = [null, Infinity];
  for (const [key, { x, y }] of Object.entries(places)) {
    const ahead = (x - at.x) * dx + (y - at.y) * dy;
    const aside = Math.abs((x - at.x) * dy) + Math.abs((y - at.y) * dx);
    if (key !== from && ahead > 0 && ahead + 2 * aside < least) [best, least] = [key, ahead + 2 * aside];
  }
  return best;
};

interface GraphKeys {
  readonly chosen: GraphNode | undefined;
  readonly first: string;
  readonly places: Places;
  readonly acts: GraphActs;
  readonly size: Size;
  readonly onView: (next: (view: GraphView) => GraphView) => void;
  readonly onFit: () => void;
}

export const useGraphKeys = ({ chosen, first, places, acts, size, onView, onFit }: GraphKeys): void => {
  const navigate = useNavigate();
  const withChosen = (act: (key: string) => void) => (): void => {
    if (chosen !== undefined) act(chosen.key);
  };
  const open = (key: string): void => {
    const { kind, id } = startOf(key);
    if (kind === 'case') void navigate({ to: '/cases/$caseId', params: { caseId: id } });
    else if (chosen?.kind === 'series') void navigate({ to: '/series/$seriesId', params: { seriesId: id } });
    else void navigate({ to: '/entities/$entityId', params: { entityId: id } });
  };
  const zoom = (factor: number): void => onView((now) => zoomedAt(now, factor, size.width / 2, size.height / 2));
  useKeys(t.graph.title, [
    {
      action: 'move',
      run: (_repeat, chord) => {
        const to = chosen === undefined ? first : nearestIn(places, chosen.key, chord);
        if (to !== null) acts.choose(to);
      },
    },
    { action: 'expand', run: withChosen(acts.expand) },
    { action: 'pin', run: withChosen(acts.pin) },
    { action: 'pathEnd', run: withChosen(acts.takeEnd) },
    { action: 'open', run: withChosen(open) },
    { action: 'zoomIn', run: () => zoom(ZOOM_STEP) },
    { action: 'zoomOut', run: () => zoom(1 / ZOOM_STEP) },
    { action: 'fit', run: onFit },
    { action: 'close', run: () => acts.choose(undefined) },
  ]);
};
