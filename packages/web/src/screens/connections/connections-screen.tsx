// Connections as an inbox: one line each, the strongest first; J and K move, Enter opens the evidence.
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, type ReactNode } from 'react';
import { connectionsQuery } from '../../api/queries.js';
import { useKeys } from '../../app/keys.js';
import { usePlace } from '../../app/place.js';
import { scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { ConnectionLegend, ConnectionLines, useOpened } from '../../parts/connection-line.js';
import { groupAlike } from '../../parts/group-alike.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';

const route = getRouteApi('/shell/connections');

export const ConnectionsScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = scopeOf(search);
  const query = useInfiniteQuery(connectionsQuery(scope));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? 0;
  const leads = query.data?.pages[0]?.leads ?? 0;
  const groups = useMemo(() => groupAlike(rows), [rows]);
  const { opened, toggle } = useOpened(groups, search.at);
  // J and K pass over what is not shown.
  const shown = groups.flatMap(({ first, alike }) => (opened.has(first.id) ? [first, ...alike] : [first]));
  const index = shown.findIndex((row) => row.id === search.at);
  const at = shown[index];

  const move = (by: number): void => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, index + by))];
    if (next === undefined) return;
    void navigate({ search: (before) => ({ ...before, at: next.id }), replace: true, resetScroll: false });
  };
  useKeys(t.connections.title, [
    { keys: ['j', 'ArrowDown'], words: t.keys.next, run: () => move(1) },
    { keys: ['k', 'ArrowUp'], words: t.keys.previous, run: () => move(-1) },
    {
      keys: ['Enter'],
      words: t.keys.openEvidence,
      run: () => {
        if (at !== undefined)
          void navigate({ to: '/compare', search: { a: at.strongest.mediaA, b: at.strongest.mediaB } });
      },
    },
  ]);
  useEffect(() => {
    if (search.at !== undefined)
      document.getElementById(`connection-${search.at}`)?.scrollIntoView({ block: 'nearest' });
  }, [search.at]);
  usePlace(
    [...useScopeTrail(scope), { words: t.connections.title, ...(query.data === undefined ? {} : { n: total }) }],
    query.data === undefined || index === -1
      ? ''
      : t.connections.position(rows.findIndex((row) => row.id === search.at) + 1, total),
  );
  return (
    <div className="page">
      <Async query={query}>
        {() =>
          rows.length === 0 ? (
            <Teach
              title={t.connections.empty}
              text={leads > 0 ? t.connections.leads(leads) : t.connections.teach}
              command={t.connections.command}
            />
          ) : (
            <>
              <ConnectionLegend connections={rows} leads={leads} />
              <ConnectionLines groups={groups} opened={opened} onToggle={toggle} at={search.at} />
              <MoreRows query={query} shown={rows.length} />
            </>
          )
        }
      </Async>
    </div>
  );
};
