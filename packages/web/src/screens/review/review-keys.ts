// The keys of the review screen.
import type { StackTile } from '@redthread/core/contract';
import { useKeys } from '../../app/keys.js';
import { TILE_DEFAULT, TILE_MAX, TILE_MIN, type ReviewSearch } from '../../app/search-schemas.js';
import { neighbour, type Direction, type Row } from '../../layout/justified.js';
import type { Reveal } from '../../media/reveal.js';
import { t } from '../../text/index.js';

interface ReviewKeys {
  readonly search: ReviewSearch;
  readonly tiles: readonly StackTile[];
  readonly rows: readonly Row[];
  /** -1 when nothing is selected. */
  readonly index: number;
  readonly reveal: Reveal;
  readonly change: (part: Partial<ReviewSearch>, replace?: boolean) => void;
  readonly open: (mediaId: string) => void;
  readonly compare: (a: string, b: string) => void;
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
const SIZE_STEP = 32;

export const useReviewKeys = (keys: ReviewKeys): void => {
  const { search, tiles, rows, index, reveal, change } = keys;
  const at = tiles[index]?.mediaId;
  const size = search.size ?? TILE_DEFAULT;
  const resize = (by: number): void => change({ size: Math.min(TILE_MAX, Math.max(TILE_MIN, size + by)) });
  const pair = (): void => {
    if (at === undefined) return;
    if (search.mark === undefined) change({ mark: at });
    else if (search.mark === at) change({ mark: undefined });
    else keys.compare(search.mark, at);
  };
  useKeys(t.review.title, [
    {
      keys: Object.keys(ARROWS),
      words: t.keys.move,
      run: (_repeat, chord) => {
        const direction = ARROWS[chord] ?? 'right';
        const next = tiles[index === -1 ? 0 : neighbour(rows, index, direction)]?.mediaId;
        if (next !== undefined && next !== at) change({ at: next });
      },
    },
    {
      keys: ['Space'],
      words: t.keys.loupe,
      run: () => at !== undefined && change({ loupe: search.loupe === true ? undefined : true }),
    },
    { keys: ['r'], words: t.keys.reveal, run: reveal.hold, release: reveal.release },
    { keys: ['Shift+R'], words: t.keys.keep, run: reveal.keep },
    { keys: ['Enter'], words: t.keys.open, run: () => at !== undefined && keys.open(at) },
    { keys: ['c'], words: t.keys.compare, run: pair },
    { keys: ['['], words: t.keys.facets, run: keys.toggleFacets },
    { keys: [']'], words: t.keys.inspector, run: keys.toggleInspector },
    { keys: ['+', '='], words: t.keys.larger, run: () => resize(SIZE_STEP) },
    { keys: ['-'], words: t.keys.smaller, run: () => resize(-SIZE_STEP) },
    { keys: ['Escape'], words: t.keys.close, run: () => change({ loupe: undefined, mark: undefined }) },
  ]);
};
