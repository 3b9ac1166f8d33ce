// The keys of the review screen.
import { useKeys } from '../../app/keys.js';
import { TILE_DEFAULT, TILE_MAX, TILE_MIN, type ReviewSearch } from '../../app/search-schemas.js';
import { neighbour, type Direction, type Grid } from '../../layout/justified.js';
import { keepKeys, type Reveal } from '../../media/reveal.js';
import { t } from '../../text/index.js';

interface ReviewKeys {
  readonly search: ReviewSearch;
  readonly grid: Grid;
  /** -1 when nothing is selected. */
  readonly place: number;
  /** The media there, once it has been read. */
  readonly at: string | undefined;
  readonly reveal: Reveal;
  readonly change: (part: Partial<ReviewSearch>) => void;
  readonly select: (place: number, extend?: boolean) => void;
  readonly open: (mediaId: string) => void;
  readonly compare: (a: string, b: string) => void;
  readonly claim: () => void;
  /** Null where there is nothing to take back. */
  readonly undo: (() => void) | null;
  readonly toggleFacets: () => void;
  readonly toggleInspector: () => void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};
const SHIFT = 'Shift+';
const SIZE_STEP = 32;

export const useReviewKeys = (keys: ReviewKeys): void => {
  const { search, grid, place, at, reveal, change, select } = keys;
  const size = search.size ?? TILE_DEFAULT;
  const resize = (by: number): void => change({ size: Math.min(TILE_MAX, Math.max(TILE_MIN, size + by)) });
  const pair = (): void => {
    if (at === undefined) return;
    if (search.mark === undefined) change({ mark: at });
    else if (search.mark === at) change({ mark: undefined });
    else keys.compare(search.mark, at);
  };
  const move = (_repeat: boolean, chord: string): void => {
    if (grid.rows === 0) return;
    const extend = chord.startsWith(SHIFT);
    const direction = ARROWS[extend ? chord.slice(SHIFT.length) : chord] ?? 'right';
    const isEnd = direction === 'first' || direction === 'last';
    select(place === -1 && !isEnd ? 0 : neighbour(grid, place, direction), extend && place !== -1);
  };
  useKeys(t.review.title, [
    { action: 'move', run: move },
    { action: 'stretch', run: move },
    {
      action: 'loupe',
      run: () => at !== undefined && change({ loupe: search.loupe === true ? undefined : true }),
    },
    { action: 'reveal', run: reveal.hold, release: reveal.release },
    ...keepKeys([reveal]),
    { action: 'open', run: () => at !== undefined && keys.open(at) },
    { action: 'compare', run: pair },
    { action: 'undo', run: () => keys.undo?.() },
    { action: 'claim', run: (repeat) => !repeat && keys.claim() },
    { action: 'facets', run: keys.toggleFacets },
    { action: 'inspector', run: keys.toggleInspector },
    { action: 'larger', run: () => resize(SIZE_STEP) },
    { action: 'smaller', run: () => resize(-SIZE_STEP) },
    {
      action: 'close',
      run: () => {
        change({ loupe: undefined, mark: undefined });
        select(place);
      },
    },
  ]);
};
