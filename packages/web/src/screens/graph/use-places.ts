// Where the nodes lie: worked out beside the page for what has no place yet; what is shown or pinned stays where it is.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Places } from '../../graph/lay-out.js';
import type { Laid } from '../../graph/layout-worker.js';
import type { Shown } from '../../graph/graph-model.js';
import type { Point } from '../../layout/plane.js';

export interface UsedPlaces {
  readonly places: Places;
  /** Nodes that have none yet. */
  readonly waiting: number;
  readonly move: (key: string, to: Point) => void;
}

/** `pins`: places that the person chose before. */
export const usePlaces = ({ nodes, edges }: Shown, pins: Places): UsedPlaces => {
  const [laid, setLaid] = useState<Places>({});
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    const own = new Worker(new URL('../../graph/layout-worker.ts', import.meta.url), { type: 'module' });
    own.addEventListener('message', ({ data }: MessageEvent<Laid>) => {
      if (data.number === asked.current) setLaid((now) => ({ ...data.places, ...now }));
    });
    worker.current = own;
    return () => own.terminate();
  }, []);
  const places = useMemo(() => ({ ...laid, ...pins }), [laid, pins]);
  const missing = nodes.filter(({ key }) => places[key] === undefined).length;
  useEffect(() => {
    if (missing === 0) return;
    asked.current += 1;
    const shown = new Set(nodes.map(({ key }) => key));
    worker.current?.postMessage({
      number: asked.current,
      job: {
        keys: [...shown],
        edges: edges.filter(({ a, b }) => shown.has(a) && shown.has(b)).map(({ a, b, bits }) => ({ a, b, bits })),
        fixed: Object.fromEntries(Object.entries(places).filter(([key]) => shown.has(key))),
      },
    });
  }, [nodes, edges, places, missing]);
  return {
    places,
    waiting: missing,
    move: (key, to) => setLaid((now) => ({ ...now, [key]: to })),
  };
};
