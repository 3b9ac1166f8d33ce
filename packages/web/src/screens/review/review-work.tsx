// A review at work: the grid of its tiles, the loupe over it, the inspector beside it, and the keys.
import { useQuery } from '@tanstack/react-query';
import { ratioOfByte, type Funnel, type Review } from '@redthread/core/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { shapeQuery } from '../../api/queries.js';
import { usePlace, type Crumb } from '../../app/place.js';
import { TILE_DEFAULT, type ReviewSearch } from '../../app/search-schemas.js';
import { layOut } from '../../layout/justified.js';
import { useCare } from '../../care/use-care.js';
import { useReveal, type Reveal } from '../../media/reveal.js';
import { useAddToSeries } from '../../parts/add-to-series.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import { Inspector } from './inspector.js';
import { Loupe } from './loupe.js';
import { ReviewBar } from './review-bar.js';
import { useReviewKeys } from './review-keys.js';
import styles from './review.module.css';
import { GRID_GAP, StackGrid } from './stack-grid.js';
import { useChosen, useNotedPlace } from './use-chosen.js';
import { useClaim } from './use-claim.js';
import { useReviewVotes } from './use-review-votes.js';
import { useTiles, type Stretch } from './use-tiles.js';
import { useWithheld } from '../../care/use-withheld.js';
import { VotedOnStretch } from './voted-on-stretch.js';

const route = getRouteApi('/shell/review');

interface WorkProps {
  readonly review: Review;
  readonly search: ReviewSearch;
  readonly funnel: Funnel | undefined;
  readonly trail: readonly Crumb[];
  readonly change: (part: Partial<ReviewSearch>) => void;
  readonly onAnew: () => void;
  readonly facets: boolean;
  readonly inspector: boolean;
  readonly onFacets: () => void;
  readonly onInspector: () => void;
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** The rows of all tiles of a review, for a width and a size of tiles. */
const useGrid = (review: Review, width: number, height: number) => {
  const shape = useQuery(shapeQuery(review.id));
  const ratios = useMemo(
    () => Float32Array.from(shape.data === undefined ? [] : bytesOf(shape.data.ratios), ratioOfByte),
    [shape.data],
  );
  const grid = useMemo(() => layOut(ratios, { width, height, gap: GRID_GAP }), [ratios, width, height]);
  return { grid, error: shape.error, retry: () => void shape.refetch() };
};

const NOWHERE: Stretch = { from: 0, to: -1 };

export const ReviewWork = (props: WorkProps): ReactNode => {
  const { review, search, funnel, trail, change, inspector } = props;
  const navigate = route.useNavigate();
  const [width, setWidth] = useState(0);
  const [sight, setSight] = useState(NOWHERE);
  const { tilePx } = useCare();
  const size = Math.min(search.size ?? TILE_DEFAULT, tilePx);
  const { grid, error, retry } = useGrid(review, width, size);
  const chosen = useChosen(review, search);
  const { place, range, select } = chosen;
  const tiles = useTiles(review.id, review.total, sight, place);
  const tile = tiles.at(place);
  useNotedPlace(review, place, tile, change);

  const withheld = useWithheld();
  const isWithheld = tile !== undefined && withheld.is(tile);
  const found = useReveal(tile === undefined || isWithheld ? null : tile.mediaId);
  // The first press asks for it; what it shows then is veiled, like all others.
  const reveal: Reveal = isWithheld ? { ...found, hold: () => withheld.askFor(tile) } : found;
  const revealed = useRef(new Set<string>());
  const isClear = reveal.state.status === 'clear';
  useEffect(() => {
    if (isClear && tile !== undefined) revealed.current.add(tile.mediaId);
  }, [isClear, tile]);
  const isRevealed = useCallback((mediaId: string) => revealed.current.has(mediaId), []);

  const stack = review.query.collapse === 'stack' && (tile?.members ?? 1) > 1;
  const adding = useAddToSeries(
    tile === undefined ? null : { mediaId: tile.mediaId, members: stack ? tile.members : 1 },
  );
  const claim = useClaim(review.id, review.total, place);
  const { voting, undo } = useReviewVotes({ review, chosen, tiles, isRevealed, onVote: adding.pass });

  /** The place is in the address before the page is left: Back leads to it. */
  const leave = useCallback(
    (go: () => void): void =>
      void navigate({ search: (now) => ({ ...now, n: place + 1, at: tile?.mediaId }), replace: true }).then(go),
    [navigate, place, tile],
  );
  const open = useCallback(
    (mediaId: string): void => leave(() => void navigate({ to: '/media/$mediaId', params: { mediaId } })),
    [leave, navigate],
  );
  const close = useCallback((): void => change({ loupe: undefined }), [change]);
  useReviewKeys({
    ...{ search, grid, place, at: tile?.mediaId, reveal, change, select, open },
    compare: (a, b) => leave(() => void navigate({ to: '/compare', search: { a, b } })),
    claim: claim.turn,
    undo: undo.canUndo ? undo.undo : null,
    toggleFacets: props.onFacets,
    toggleInspector: props.onInspector,
  });

  const unit = review.query.collapse === 'media' ? t.common.files : t.common.stacks;
  const say =
    search.mark !== undefined
      ? t.review.marked
      : place === -1
        ? unit(review.total)
        : t.review.position(place + 1, unit(review.total));
  usePlace(trail, say);
  // Stacks are of one agency: where several are seen, the same picture stands here once for each.
  const agencies = new Set<string>();
  for (let at = sight.from; at <= sight.to; at += 1) {
    const id = tiles.at(at)?.agency.id;
    if (id !== undefined) agencies.add(id);
  }
  const failed = error ?? tiles.error ?? undo.error ?? claim.error;

  return (
    <>
      <div className={styles['work']}>
        <ReviewBar
          {...{ review, chosen, undo, claim, tile: size, said: adding.said }}
          onTile={(next) => change({ size: next })}
          facets={props.facets}
          inspector={inspector}
          onFacets={props.onFacets}
          onInspector={props.onInspector}
          onAnew={props.onAnew}
        />
        <VotedOnStretch done={voting.done} undo={undo} />
        {failed !== null && <ProblemNotice error={failed} retry={retry} />}
        <div className={styles['grid']}>
          <StackGrid
            {...{ review: review.id, grid, place, range, marked: search.mark, withCountry: agencies.size > 1 }}
            tileAt={tiles.at}
            isWithheld={withheld.is}
            onWidth={setWidth}
            onSight={setSight}
            onSelect={select}
            onOpen={open}
          />
          {search.loupe === true && tile !== undefined && (
            <Loupe tile={tile} withheld={isWithheld} reveal={reveal} onClose={close} />
          )}
        </div>
      </div>
      {inspector && (
        <aside className={styles['inspector']}>
          <Inspector
            tile={tile}
            missing={place === -1 ? null : tiles.isRead(place) ? t.review.gone : t.review.reading}
            {...{ isWithheld, funnel, reveal, search, voting }}
          />
        </aside>
      )}
      {adding.dialog}
    </>
  );
};
