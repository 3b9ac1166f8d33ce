// Every path at which these bytes lie, as far as the viewer may see.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { mediaOccurrencesQuery } from '../../api/queries.js';
import { Async } from '../../parts/async.js';
import { MoreRows } from '../../parts/more-rows.js';
import { OccurrenceTable } from '../../parts/occurrence-table.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';

export const Occurrences = ({
  mediaId,
  title = t.media.occurrences,
}: {
  mediaId: string;
  title?: string;
}): ReactNode => {
  const query = useInfiniteQuery(mediaOccurrencesQuery(mediaId));
  const total = query.data?.pages[0]?.total;
  return (
    <Section title={title} n={total}>
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          return (
            <>
              <OccurrenceTable rows={rows} linkMedia={false} />
              <MoreRows query={query} shown={rows.length} />
            </>
          );
        }}
      </Async>
    </Section>
  );
};
