// Connections as an inbox: one line each, the strongest first; J and K move, Y and N decide, Enter opens the evidence.
import type { Connection } from '@redthread/core/contract';
import type { DecisionState } from '@redthread/core/domain';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { connectionsQuery, exhibitQuery } from '../../api/queries.js';
import { useKeys } from '../../app/keys.js';
import { usePlace } from '../../app/place.js';
import type { ConnectionsSearch } from '../../app/search-schemas.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { ConnectionLines, endName, useOpened } from '../../parts/connection-line.js';
import { groupAlike } from '../../parts/group-alike.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import styles from './connections.module.css';
import { Expansion } from './expansion.js';
import { FeedHead, FeedLegend } from './feed-head.js';
import { ACT_KEYS, actsOn, Judgement } from './judgement.js';
import { Reasons } from './reasons.js';

const route = getRouteApi('/shell/connections');
const words = t.connections;

/** The same of the other ends: of an exhibit it is its case that connects with cases. */
const useOtherEnds = (search: ConnectionsSearch): ConnectionsSearch => {
  const { exhibit, between, ...rest } = search;
  const caseId = useQuery({ ...exhibitQuery(exhibit ?? ''), enabled: exhibit !== undefined }).data?.caseId;
  const others = between === 'cases' ? undefined : 'cases';
  return { ...rest, ...(caseId !== undefined && { case: caseId }), between: others, at: undefined };
};

const Empty = ({ search }: { search: ConnectionsSearch }): ReactNode => {
  if (search.state !== undefined) return <Teach title={words.emptyState} text={words.emptyStateTeach} />;
  if (search.leads === true) return <Teach title={words.emptyLeads} />;
  return <Teach title={words.empty[search.between ?? 'exhibits']} text={words.teach} command={words.command} />;
};

export const ConnectionsScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = scopeOf(search);
  const { between, media, leads, state } = search;
  const query = useInfiniteQuery(connectionsQuery({ ...scope, media, between, leads, state }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const [first] = query.data?.pages ?? [];
  const total = first?.total ?? 0;
  const groups = useMemo(() => groupAlike(rows), [rows]);
  const { opened, toggle } = useOpened(groups, search.at);
  // J and K pass over what is not shown.
  const shown = groups.flatMap(({ first: line, alike }) => (opened.has(line.id) ? [line, ...alike] : [line]));
  const index = shown.findIndex((row) => row.id === search.at);
  const at = shown[index];
  const others = useOtherEnds(search);
  const mayDecide = useRoles(CASE_ROLES);
  const [asked, setAsked] = useState<{ readonly id: string; readonly act: DecisionState } | null>(null);

  const change = (part: ConnectionsSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  const move = (by: number): void => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, index + by))];
    if (next !== undefined) change({ at: next.id });
  };
  const ask = (one: Connection, act: DecisionState | null): void => setAsked(act === null ? null : { id: one.id, act });
  const openEvidence = (): void => {
    if (at !== undefined) void navigate({ to: '/compare', search: { a: at.strongest.mediaA, b: at.strongest.mediaB } });
  };
  const ofMedia = media === undefined ? [] : [{ words: t.media.short(media), href: `/media/${media}` }];
  const acts = at === undefined || !mayDecide ? [] : actsOn(at);
  useKeys(words.title, [
    { action: 'next', run: () => move(1) },
    { action: 'previous', run: () => move(-1) },
    { action: 'openEvidence', run: openEvidence },
    ...acts.map((act) => ({
      action: ACT_KEYS[act],
      run: () => at !== undefined && ask(at, act),
    })),
    { action: 'between', run: () => void navigate({ search: others }) },
    {
      action: 'leads',
      run: () => change({ leads: leads === true ? undefined : true, at: undefined }),
    },
    { action: 'close', run: () => change({ at: undefined }) },
  ]);
  useEffect(() => {
    if (search.at !== undefined)
      document.getElementById(`connection-${search.at}`)?.scrollIntoView({ block: 'nearest' });
  }, [search.at]);
  usePlace(
    [...useScopeTrail(scope), ...ofMedia, { words: words.title, ...(first === undefined ? {} : { n: total }) }],
    first === undefined || index === -1 ? '' : words.position(rows.findIndex(({ id }) => id === search.at) + 1, total),
  );
  return (
    <div className={styles['feed']}>
      <div className={styles['list']}>
        <FeedHead search={search} others={others} leads={first?.leads ?? 0} />
        <Async query={query}>
          {() =>
            rows.length === 0 ? (
              <Empty search={search} />
            ) : (
              <>
                <FeedLegend connections={rows} leads={leads === true} />
                <ConnectionLines
                  groups={groups}
                  opened={opened}
                  onToggle={toggle}
                  at={search.at}
                  onSelect={(id) => change({ at: id })}
                />
                <MoreRows query={query} shown={rows.length} />
              </>
            )
          }
        </Async>
      </div>
      {at !== undefined && (
        <div className={styles['detail']}>
          <Reasons reasons={[at.strongest, ...at.further]} between={words.reasonsOf(endName(at.a), endName(at.b))} />
          <Judgement
            key={at.id}
            connection={at}
            isKeyed
            mayDecide={mayDecide}
            act={asked?.id === at.id ? asked.act : null}
            onAct={(act) => ask(at, act)}
            onDone={() => {
              setAsked(null);
              move(1);
            }}
          />
          <Expansion key={`from ${at.id}`} ends={[at.a, at.b]} />
        </div>
      )}
    </div>
  );
};
