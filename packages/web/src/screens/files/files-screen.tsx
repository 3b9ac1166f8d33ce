// Files at paths that a step of the funnel counts.
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { occurrencesQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { MoreRows } from '../../parts/more-rows.js';
import { OccurrenceTable } from '../../parts/occurrence-table.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';

const route = getRouteApi('/shell/files');

export const FilesScreen = (): ReactNode => {
  const search = route.useSearch();
  const scope = scopeOf(search);
  const query = useInfiniteQuery(
    occurrencesQuery({ ...scope, agency: search.agency, media: search.media, step: search.step }),
  );
  const total = query.data?.pages[0]?.total ?? 0;
  const words = search.step === undefined ? t.files.title : `${t.files.title}: ${t.funnel.steps[search.step]}`;
  usePlace([...useScopeTrail(scope), { words, ...(query.data === undefined ? {} : { n: total }) }]);
  return (
    <div className="page">
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          return rows.length === 0 ? (
            <Teach title={t.files.empty} text={t.files.teach} />
          ) : (
            <>
              <OccurrenceTable rows={rows} linkMedia />
              <MoreRows query={query} shown={rows.length} />
            </>
          );
        }}
      </Async>
    </div>
  );
};
