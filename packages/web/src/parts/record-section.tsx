// Series and entities of a case on its page; nothing where there are none.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { entitiesQuery } from '../api/queries.js';
import { t } from '../text/index.js';
import { EntityTable } from './entity-table.js';
import { MoreRows } from './more-rows.js';
import { Section } from './section.js';

export const RecordSection = ({ caseId }: { caseId: string }): ReactNode => {
  const query = useInfiniteQuery({ ...entitiesQuery({ case: caseId }), staleTime: 0 });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t.series.ofMedia} n={query.data?.pages[0]?.total} id="records">
      <EntityTable items={items} withCase={false} />
      <MoreRows query={query} shown={items.length} />
    </Section>
  );
};
