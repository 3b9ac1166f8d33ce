// Media of a series, and of those that are one with it, as veiled tiles; under each who says so and why.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ASSERTED, seriesMembersQuery } from '../../api/queries.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { Async } from '../../parts/async.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { TakeBack } from '../../parts/take-back.js';
import { t } from '../../text/index.js';
import { Tile } from './tile.js';

const words = t.series;

export const Members = ({ seriesId }: { seriesId: string }): ReactNode => {
  const may = useRoles(KEEPING_ROLES);
  const query = useInfiniteQuery({ ...seriesMembersQuery(seriesId), staleTime: 0 });
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <Section title={words.members} n={query.data === undefined ? undefined : total} id="members">
      <Async query={query}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className={styles['note']}>{words.noMembers}</p>;
          return (
            <>
              <div className={styles['members']}>
                {items.map((item) => (
                  <div key={item.mediaId} className={styles['member']} data-member={item.mediaId}>
                    <Tile tile={item} />
                    <span className="muted">{words.addedBy(item.assertion.by, item.assertion.reason)}</span>
                    {may && item.assertion.own && (
                      <TakeBack
                        path={`/assertions/${item.assertion.id}/retract`}
                        touches={ASSERTED}
                        words={words.takeOut}
                      />
                    )}
                  </div>
                ))}
              </div>
              <MoreRows query={query} shown={items.length} />
            </>
          );
        }}
      </Async>
    </Section>
  );
};
