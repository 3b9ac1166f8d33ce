// One case: its funnel, its exhibits, what connects it, who sees it and its history.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { caseQuery, exhibitsQuery, funnelQuery, operationQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { INGEST_ROLES, useRoles } from '../../app/use-roles.js';
import { useScopeTrail } from '../../app/use-scope.js';
import { Ask } from '../../parts/ask.js';
import { AtRiskBand } from '../../parts/at-risk.js';
import { Async } from '../../parts/async.js';
import { ConnectionSection } from '../../parts/connection-section.js';
import { FirstGenerationSection } from '../../parts/first-generation-section.js';
import { CustodyTable } from '../../parts/custody-table.js';
import { ExportSection } from '../../parts/export-section.js';
import { ExhibitTable } from '../../parts/exhibit-table.js';
import { FunnelRibbon } from '../../parts/funnel-ribbon.js';
import { History } from '../../parts/history.js';
import { RecordSection } from '../../parts/record-section.js';
import { ScopeLinks } from '../../parts/scope-links.js';
import { ReportSection } from '../../parts/report-section.js';
import { NotesSection } from '../../parts/notes-section.js';
import { TasksSection } from '../../parts/tasks-section.js';
import { Section } from '../../parts/section.js';
import { useLiveFunnel } from '../../parts/use-live.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Access } from './access.js';
import { Contacts } from './contacts.js';
import { Hold } from './hold.js';

const route = getRouteApi('/shell/cases/$caseId');

export const CaseScreen = (): ReactNode => {
  const { caseId } = route.useParams();
  const theCase = useQuery(caseQuery(caseId));
  const exhibits = useQuery(exhibitsQuery({ case: caseId }));
  const live = useLiveFunnel(exhibits.data);
  const funnel = useQuery({ ...funnelQuery({ case: caseId }), ...live });
  const operationId = theCase.data?.operationId ?? null;
  const operation = useQuery({ ...operationQuery(operationId ?? ''), enabled: operationId !== null }).data;
  const mayAdd = useRoles(INGEST_ROLES);
  usePlace(
    useScopeTrail({ case: caseId }).map(({ words, href }, i, all) =>
      i === all.length - 1 || href === undefined ? { words } : { words, href },
    ),
  );
  return (
    <div className="page">
      <Async query={theCase}>
        {(data) => (
          <>
            <div className="head">
              {data.title !== '' && <strong>{data.title}</strong>}
              <span className="muted">
                {data.agency.name} ({data.agency.country}) ·{' '}
                {data.sharedWithOperation && operation !== undefined ? t.case.shared(operation.name) : t.case.private} ·{' '}
                {data.handling} · {t.case.opened} {instant(data.createdAt)}
              </span>
              <Link to="/graph" search={{ case: caseId }} className="button">
                {t.graph.title}
              </Link>
              <ScopeLinks scope={{ case: caseId }} />
            </div>
            {data.breakGlassUntil !== null && (
              <p className="head" role="status">
                {t.access.brokenUntil(instant(data.breakGlassUntil))}{' '}
                <Link to="/break-glass" className="link">
                  {t.breakGlass.link}
                </Link>
              </p>
            )}
            <AtRiskBand key={caseId} on={{ case: caseId }} own={data.own !== null && data.state === 'open'} />
            <Async query={funnel}>{(f) => <FunnelRibbon funnel={f} />}</Async>
            <Section
              title={t.case.exhibits}
              n={exhibits.data?.length}
              more={
                mayAdd &&
                data.own !== null &&
                data.state === 'open' && (
                  <Link to="/cases/$caseId/add" params={{ caseId }} className="button">
                    {t.upload.title}
                  </Link>
                )
              }
            >
              <Async query={exhibits}>
                {(list) => <ExhibitTable exhibits={list} atMs={exhibits.dataUpdatedAt} withCase={false} />}
              </Async>
            </Section>
            <TasksSection key={`tasks ${caseId}`} about={{ kind: 'case', id: caseId }} />
            <NotesSection key={`notes ${caseId}`} about={{ kind: 'case', id: caseId }} />
            <FirstGenerationSection scope={{ case: caseId }} />
            <ConnectionSection scope={{ case: caseId, between: 'cases' }} title={t.case.withCases} />
            <ConnectionSection scope={{ case: caseId }} title={t.case.withExhibits} />
            <RecordSection caseId={caseId} />
            <ReportSection about={{ case: caseId }} />
            <ExportSection subject={{ case: caseId }} />
            <Access one={data} />
            {data.own !== null && (
              <>
                <Contacts one={{ ...data, own: data.own }} />
                <Hold one={data} />
                <Section title={t.custody.title}>
                  <CustodyTable item="cases" id={data.id} />
                  {data.state === 'open' && (
                    <Ask path={`/cases/${data.id}`} kinds={['case-transfer', 'case-destroy']} />
                  )}
                </Section>
              </>
            )}
            <History item="cases" id={data.id} />
          </>
        )}
      </Async>
    </div>
  );
};
