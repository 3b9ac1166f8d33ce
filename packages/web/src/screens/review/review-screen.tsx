// Review: filters, the grid of stacks, the inspector. The whole state is the address.
import { Slider } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { funnelQuery, listsQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { TILE_DEFAULT, TILE_MAX, TILE_MIN, type ReviewSearch } from '../../app/search-schemas.js';
import { hasScope, scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { Icon } from '../../form/icons.js';
import { justify } from '../../layout/justified.js';
import { useReveal } from '../../media/reveal.js';
import { useAddToSeries } from '../../parts/add-to-series.js';
import { Reading } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Teach } from '../../parts/teach.js';
import { useVoting } from '../../parts/use-voting.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Facets } from './facets.js';
import { Inspector } from './inspector.js';
import { Loupe } from './loupe.js';
import { useTiles } from './review-data.js';
import { useReviewKeys } from './review-keys.js';
import styles from './review.module.css';
import { GRID_GAP, StackGrid } from './stack-grid.js';

const route = getRouteApi('/shell/review');

export const ReviewScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = scopeOf(search);
  const funnel = useQuery({ ...funnelQuery(scope), enabled: hasScope(scope) }).data;
  const lists = useQuery(listsQuery).data ?? [];
  const { tiles, total, pending, error, retry, more } = useTiles(search);
  const [facets, setFacets] = useLocalStorage({
    key: 'redthread-facets',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [inspector, setInspector] = useLocalStorage({
    key: 'redthread-inspector',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [width, setWidth] = useState(0);
  const height = search.size ?? TILE_DEFAULT;
  const rows = useMemo(
    () =>
      justify(
        tiles.map((tile) => (tile.width ?? 1) / (tile.height ?? 1)),
        { width, height, gap: GRID_GAP },
      ),
    [tiles, width, height],
  );
  const index = tiles.findIndex((tile) => tile.mediaId === search.at);
  const tile = tiles[index];
  const reveal = useReveal(tile?.mediaId ?? null);

  const change = useCallback(
    (part: Partial<ReviewSearch>, replace = true): void =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace, resetScroll: false }),
    [navigate],
  );
  const select = useCallback((at: string): void => change({ at }), [change]);
  const open = useCallback(
    (mediaId: string): void => void navigate({ to: '/media/$mediaId', params: { mediaId } }),
    [navigate],
  );
  const close = useCallback((): void => change({ loupe: undefined }), [change]);
  useReviewKeys({
    search,
    tiles,
    rows,
    index,
    reveal,
    change,
    open,
    compare: (a, b) => void navigate({ to: '/compare', search: { a, b } }),
    toggleFacets: () => setFacets((shown) => !shown),
    toggleInspector: () => setInspector((shown) => !shown),
  });

  const next = tiles[index + 1]?.mediaId;
  const stack = search.collapse !== 'media' && (tile?.members ?? 1) > 1;
  const adding = useAddToSeries(
    tile === undefined ? null : { mediaId: tile.mediaId, members: stack ? tile.members : 1 },
  );
  // The next tile is chosen when this one is judged by somebody who looked.
  const voting = useVoting(tile === undefined || tile.state === 'closed' ? null : tile.mediaId, {
    stack,
    onCast: ({ votes: [vote] }) => {
      adding.pass();
      if (next !== undefined && vote?.seen !== 'not-looked') select(next);
    },
  });

  const unit = search.collapse === 'media' ? t.common.files : t.common.stacks;
  // Stacks are of one agency: where several are seen, the same picture stands here once for each.
  const isJoint = new Set(tiles.map(({ agency }) => agency.id)).size > 1;
  const trail = useScopeTrail(scope);
  const words = search.step === undefined ? t.review.title : `${t.review.title}: ${t.funnel.steps[search.step]}`;
  const say =
    search.mark !== undefined
      ? t.review.marked
      : index === -1
        ? unit(total)
        : t.review.position(index + 1, unit(total));
  usePlace([...trail, { words }], pending ? '' : say);

  return (
    <div className={styles['review']} data-facets={facets} data-inspector={inspector}>
      {facets && (
        <aside className={styles['facets']}>
          <Facets
            search={search}
            funnel={funnel}
            lists={lists.filter((list) => !list.expired || list.id === search.list)}
          />
        </aside>
      )}
      <div className={styles['work']}>
        <div className={styles['bar']}>
          <button
            type="button"
            className="button plain"
            title={facets ? t.review.hideFacets : t.review.showFacets}
            aria-label={facets ? t.review.hideFacets : t.review.showFacets}
            onClick={() => setFacets(!facets)}
          >
            <Icon name={facets ? 'left' : 'right'} size={14} />
          </button>
          <strong>{pending ? '' : count(total)}</strong>
          <span className="muted">{search.collapse === 'media' ? t.review.filesHeading : t.review.stacksHeading}</span>
          {adding.said}
          <div className={styles['size']}>
            <Slider
              min={TILE_MIN}
              max={TILE_MAX}
              step={16}
              value={height}
              onChange={(size) => change({ size })}
              thumbLabel={t.review.tileSize}
            />
          </div>
          <button
            type="button"
            className="button plain"
            title={inspector ? t.review.hideInspector : t.review.showInspector}
            aria-label={inspector ? t.review.hideInspector : t.review.showInspector}
            onClick={() => setInspector(!inspector)}
          >
            <Icon name={inspector ? 'right' : 'left'} size={14} />
          </button>
        </div>
        <div className={styles['grid']}>
          {error !== null ? (
            <ProblemNotice error={error} retry={retry} />
          ) : pending ? (
            <Reading />
          ) : tiles.length === 0 ? (
            <Teach title={t.review.empty} text={t.review.teach} command={t.operation.command} />
          ) : (
            <StackGrid
              tiles={tiles}
              rows={rows}
              selected={search.at}
              marked={search.mark}
              withCountry={isJoint}
              onWidth={setWidth}
              onSelect={select}
              onOpen={open}
              onNearEnd={more}
            />
          )}
          {search.loupe === true && tile !== undefined && <Loupe tile={tile} reveal={reveal} onClose={close} />}
        </div>
      </div>
      {inspector && (
        <aside className={styles['inspector']}>
          <Inspector tile={tile} funnel={funnel} reveal={reveal} search={search} voting={voting} />
        </aside>
      )}
      {adding.dialog}
    </div>
  );
};
