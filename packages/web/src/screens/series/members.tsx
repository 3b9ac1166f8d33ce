// Media of a series, and of those that are one with it, as veiled tiles in rows by what says that they belong; under each who says so and why.
import type { SeriesMember } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ASSERTED, seriesMembersQuery } from '../../api/queries.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { Async } from '../../parts/async.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { TakeBack } from '../../parts/take-back.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Tile } from './tile.js';
import workshop from './workshop.module.css';

const words = t.series;

/** A person's word first; then what was taken from a match, by its method. */
const rowsOf = (items: readonly SeriesMember[]): (readonly [method: string | null, items: SeriesMember[]])[] => {
  const rows = new Map<string | null, SeriesMember[]>();
  for (const item of items) {
    const { method } = item.assertion;
    rows.set(method, [...(rows.get(method) ?? []), item]);
  }
  return [...rows].sort(([x], [y]) => (x === null ? -1 : y === null ? 1 : x < y ? -1 : 1));
};

interface RowProps {
  readonly method: string | null;
  readonly items: readonly SeriesMember[];
  readonly may: boolean;
}

const Row = ({ method, items, may }: RowProps): ReactNode => (
  <>
    <h3 className={workshop['row']} data-evidence={method ?? 'person'}>
      {method === null ? t.statements.byEvidence.person : t.statements.byEvidence.method(method)}: {count(items.length)}
    </h3>
    <div className={styles['members']}>
      {items.map((item) => (
        <div key={item.mediaId} className={styles['member']} data-member={item.mediaId}>
          <Tile tile={item} />
          <span className="muted">{words.addedBy(item.assertion.by, item.assertion.reason)}</span>
          {may && item.assertion.own && (
            <TakeBack path={`/assertions/${item.assertion.id}/retract`} touches={ASSERTED} words={words.takeOut} />
          )}
        </div>
      ))}
    </div>
  </>
);

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
              {rowsOf(items).map(([method, row]) => (
                <Row key={method ?? ''} method={method} items={row} may={may} />
              ))}
              <MoreRows query={query} shown={items.length} />
            </>
          );
        }}
      </Async>
    </Section>
  );
};
