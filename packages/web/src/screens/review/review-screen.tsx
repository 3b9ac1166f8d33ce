// Review: filters at the left, and the review of what they leave. The whole state is the address.
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useCallback, useState, type ReactNode } from 'react';
import { funnelQuery, listsQuery, reviewFacetsQuery, reviewsQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import type { ReviewSearch } from '../../app/search-schemas.js';
import { hasScope, scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { Reading } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import { FRESH } from './facet-line.js';
import { Facets } from './facets.js';
import { ReviewWork } from './review-work.js';
import styles from './review.module.css';
import { useReview } from './use-review.js';

const route = getRouteApi('/shell/review');

/** Tiles of which the values of facets are counted unasked: of more it takes the server seconds. */
const COUNTED_AT_ONCE = 20_000;

const useFold = (key: string) => useLocalStorage({ key, defaultValue: true, getInitialValueInEffect: false });

/** The trail and no count, while there is no review yet. */
const Waiting = ({ trail, children }: { trail: Parameters<typeof usePlace>[0]; children: ReactNode }): ReactNode => {
  usePlace(trail);
  return <div className={styles['work']}>{children}</div>;
};

export const ReviewScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = scopeOf(search);
  const funnel = useQuery({ ...funnelQuery(scope), enabled: hasScope(scope) }).data;
  const lists = useQuery(listsQuery).data ?? [];
  const kept = useQuery({ ...reviewsQuery, staleTime: 0 }).data ?? [];
  const [facets, setFacets] = useFold('redthread-facets');
  const [inspector, setInspector] = useFold('redthread-inspector');
  const router = useRouter();
  // What comes late, such as the review that was begun, takes nobody back who has asked for another page meanwhile.
  const change = useCallback(
    (part: Partial<ReviewSearch>): void => {
      if (router.latestLocation.pathname !== '/review') return;
      void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
    },
    [navigate, router],
  );
  const { review, error, retry } = useReview(search, change);
  const [countedId, setCountedId] = useState<string | null>(null);
  const isCounted = review !== null && (review.total <= COUNTED_AT_ONCE || countedId === review.id);
  const counted = useQuery({
    ...reviewFacetsQuery(review?.id ?? ''),
    enabled: facets && isCounted && review.total > 0,
  }).data;
  const words = search.step === undefined ? t.review.title : `${t.review.title}: ${t.funnel.steps[search.step]}`;
  const trail = [...useScopeTrail(scope), { words }];
  return (
    <div className={styles['review']}>
      {facets && (
        <aside className={styles['facets']}>
          <Facets
            search={search}
            funnel={funnel}
            lists={lists.filter((list) => !list.expired || list.id === search.list)}
            kept={kept}
            counted={counted?.facets}
            onCount={review === null || isCounted ? null : () => setCountedId(review.id)}
          />
        </aside>
      )}
      {error !== null ? (
        <Waiting trail={trail}>
          <ProblemNotice error={error} retry={retry} />
        </Waiting>
      ) : review === null ? (
        <Waiting trail={trail}>
          <Reading words={t.review.beginning} />
        </Waiting>
      ) : review.total === 0 ? (
        <Waiting trail={trail}>
          <Teach title={t.review.empty} text={t.review.teach} command={t.operation.command} />
        </Waiting>
      ) : (
        <ReviewWork
          key={review.id}
          {...{ review, search, funnel, trail, change, facets, inspector }}
          onAnew={() => change({ ...FRESH, at: search.at })}
          onFacets={() => setFacets((shown) => !shown)}
          onInspector={() => setInspector((shown) => !shown)}
        />
      )}
    </div>
  );
};
