// One operation: the funnel, what waits for somebody, who takes part, what connects most strongly, the exhibits and how far they are.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  casesQuery,
  connectionsQuery,
  exhibitsQuery,
  funnelQuery,
  meQuery,
  operationQuery,
} from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { CaseTable } from '../../parts/case-table.js';
import { ConnectionList } from '../../parts/connection-line.js';
import { ExhibitTable } from '../../parts/exhibit-table.js';
import { FunnelRibbon } from '../../parts/funnel-ribbon.js';
import { ScopeLinks } from '../../parts/scope-links.js';
import { ExportSection } from '../../parts/export-section.js';
import { AsksSection } from '../../parts/asks-section.js';
import { NotesSection } from '../../parts/notes-section.js';
import { TasksSection } from '../../parts/tasks-section.js';
import { Section } from '../../parts/section.js';
import { Teach } from '../../parts/teach.js';
import { useLiveFunnel } from '../../parts/use-live.js';
import { t } from '../../text/index.js';
import { agencyRows } from './agencies.js';
import { ByAgency } from './by-agency.js';
import { Membership } from './membership.js';
import { OpenQuestions } from './open-questions.js';

const CONNECTIONS_SHOWN = 8;
const route = getRouteApi('/shell/operations/$operationId');

const Connections = ({ operationId }: { operationId: string }): ReactNode => {
  const query = useInfiniteQuery(connectionsQuery({ operation: operationId }));
  const total = query.data?.pages[0]?.total;
  return (
    <Section
      title={t.operation.connections}
      n={total}
      more={
        <Link to="/connections" search={{ operation: operationId }} className="link">
          {t.common.showAll}
        </Link>
      }
    >
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items).slice(0, CONNECTIONS_SHOWN);
          return rows.length === 0 ? (
            <Teach title={t.operation.noConnections} text={t.connections.teach} command={t.connections.command} />
          ) : (
            <ConnectionList connections={rows} />
          );
        }}
      </Async>
    </Section>
  );
};

export const OperationScreen = (): ReactNode => {
  const { operationId } = route.useParams();
  const own = useQuery(meQuery).data?.agency.name;
  const operation = useQuery(operationQuery(operationId));
  const cases = useQuery(casesQuery(operationId));
  const exhibits = useQuery(exhibitsQuery({ operation: operationId }));
  const live = useLiveFunnel(exhibits.data);
  const funnel = useQuery({ ...funnelQuery({ operation: operationId }), ...live });
  usePlace([
    { words: t.operations.title, href: '/operations' },
    ...(operation.data === undefined ? [] : [{ words: operation.data.name }]),
  ]);
  return (
    <div className="page">
      <Async query={operation}>
        {(op) => (
          <>
            <Async query={funnel}>{(data) => <FunnelRibbon funnel={data} />}</Async>
            <p className="head">
              <ScopeLinks scope={{ operation: operationId }} />
            </p>
            <OpenQuestions operationId={operationId} exhibits={exhibits.data ?? []} />
            <TasksSection
              key={`tasks ${operationId}`}
              about={{ kind: 'operation', id: operationId }}
              agencies={op.agencies.map(({ name }) => name)}
              own={own}
            />
            <Connections operationId={operationId} />
            <AsksSection operationId={operationId} />
            <NotesSection key={`notes ${operationId}`} about={{ kind: 'operation', id: operationId }} />
            <Section title={t.operation.byAgency} n={op.agencies.length}>
              <ByAgency
                rows={agencyRows(op, cases.data ?? [], exhibits.data ?? [], funnel.data)}
                operationId={operationId}
              />
              <Membership operationId={operationId} />
            </Section>
            <Section title={t.operation.exhibits} n={exhibits.data?.length}>
              <Async query={exhibits}>
                {(list) => <ExhibitTable exhibits={list} atMs={exhibits.dataUpdatedAt} withCase />}
              </Async>
            </Section>
            <Section title={t.operation.cases} n={cases.data?.length}>
              <Async query={cases}>{(list) => <CaseTable cases={list} />}</Async>
            </Section>
            <ExportSection subject={{ operation: operationId }} />
          </>
        )}
      </Async>
    </div>
  );
};
