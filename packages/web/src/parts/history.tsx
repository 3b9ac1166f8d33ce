// Who did what with an item, as far as they are people of the viewer's own agency.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { historyQuery } from '../api/queries.js';
import { t } from '../text/index.js';
import { Async } from './async.js';
import { AuditTable } from './audit-table.js';
import styles from './history.module.css';
import { MoreRows } from './more-rows.js';
import { Section } from './section.js';

/** Of a case with its exhibits. */
export const History = ({ item, id }: { item: 'media' | 'cases'; id: string }): ReactNode => {
  const query = useInfiniteQuery({ ...historyQuery(item, id), staleTime: 0 });
  const total = query.data?.pages[0]?.total;
  return (
    <Section title={t.audit.history} n={total}>
      <p className={`muted ${styles['note']}`}>{t.audit.historyNote}</p>
      <Async query={query}>
        {(data) => {
          const events = data.pages.flatMap((page) => page.items);
          if (events.length === 0) return <p className={styles['note']}>{t.audit.noHistory}</p>;
          return (
            <>
              <AuditTable events={events} withObject={item === 'cases'} />
              <MoreRows query={query} shown={events.length} />
            </>
          );
        }}
      </Async>
    </Section>
  );
};
