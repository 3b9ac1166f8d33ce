// Who did what with this media: the audit events that name it.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { auditQuery } from '../../api/queries.js';
import { Async } from '../../parts/async.js';
import { AuditTable } from '../../parts/audit-table.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import styles from './media.module.css';

export const History = ({ mediaId }: { mediaId: string }): ReactNode => {
  const query = useInfiniteQuery({ ...auditQuery({ object: mediaId }), staleTime: 0 });
  const total = query.data?.pages[0]?.total;
  return (
    <Section title={t.media.history} n={total}>
      <Async query={query}>
        {(data) => {
          const events = data.pages.flatMap((page) => page.items);
          if (events.length === 0) return <p className={styles['note']}>{t.media.noHistory}</p>;
          return (
            <>
              <AuditTable events={events} withObject={false} />
              <MoreRows
                shown={events.length}
                total={total ?? 0}
                hasNext={query.hasNextPage}
                busy={query.isFetchingNextPage}
                next={() => void query.fetchNextPage()}
              />
            </>
          );
        }}
      </Async>
    </Section>
  );
};
