// The strongest connections of a case, an exhibit or a media on its own page; nothing where there are none.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { connectionsQuery } from '../api/queries.js';
import { BEING_READ, isProblem } from '../api/problem.js';
import { t } from '../text/index.js';
import { BeingRead } from './async.js';
import { ConnectionList } from './connection-line.js';
import { Section } from './section.js';

const SHOWN = 5;

export const ConnectionSection = ({
  scope,
  title,
}: {
  scope: { readonly case?: string; readonly exhibit?: string; readonly media?: string; readonly between?: 'cases' };
  title: string;
}): ReactNode => {
  const query = useInfiniteQuery(connectionsQuery(scope));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (isProblem(query.failureReason, BEING_READ))
    return (
      <Section title={title}>
        <BeingRead error={query.failureReason} />
      </Section>
    );
  if (rows.length === 0) return null;
  return (
    <Section
      title={title}
      n={query.data?.pages[0]?.total}
      more={
        <Link to="/connections" search={scope} className="link">
          {t.common.showAll}
        </Link>
      }
    >
      <ConnectionList connections={rows.slice(0, SHOWN)} />
    </Section>
  );
};
