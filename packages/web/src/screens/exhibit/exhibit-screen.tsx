// One exhibit: how far it is, its funnel, what is new in it, what failed and why, and its custody.
import type { DiskImage, Exhibit } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { exhibitQuery, funnelQuery, meQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { useScopeTrail } from '../../app/use-scope.js';
import { Copyable } from '../../form/copyable.js';
import { Ask } from '../../parts/ask.js';
import { Async } from '../../parts/async.js';
import { CodeWords } from '../../parts/code-words.js';
import { ConnectionSection } from '../../parts/connection-section.js';
import { ExportSection } from '../../parts/export-section.js';
import { FirstGenerationSection } from '../../parts/first-generation-section.js';
import { CustodyTable } from '../../parts/custody-table.js';
import { Facts } from '../../parts/facts.js';
import { FunnelRibbon } from '../../parts/funnel-ribbon.js';
import { ExhibitGate } from '../../parts/legal-gate.js';
import { PhoneReportsSection } from '../../parts/phone-reports-section.js';
import { Bar, Pace } from '../../parts/progress.js';
import { ScopeLinks } from '../../parts/scope-links.js';
import { ReportSection } from '../../parts/report-section.js';
import { Section } from '../../parts/section.js';
import { Strip } from '../../parts/strip.js';
import { useUpload } from '../../parts/use-upload.js';
import { useLiveFunnel } from '../../parts/use-live.js';
import { bytes, zonedInstant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './exhibit.module.css';
import { Failures } from './failures.js';

const route = getRouteApi('/shell/exhibits/$exhibitId');

const Progress = ({ exhibit, atMs }: { exhibit: Exhibit; atMs: number }): ReactNode => (
  <ul className={styles['progress']} aria-label={t.exhibit.progress}>
    {exhibit.progress.map(({ stage, done, total, failed }) => (
      <li key={stage} data-stage={stage} data-done={done} data-total={total ?? ''}>
        <Bar words={t.exhibit.stages[stage]} done={done} total={total} label={exhibit.reference} />
        {failed > 0 && <span className="muted">{t.exhibit.failed[stage](failed)}</span>}
        <Pace done={done} total={total} atMs={atMs} />
      </li>
    ))}
  </ul>
);

/** What a disk image is, what it holds, and whether it is what it says of itself. */
const Image = ({ image }: { image: DiskImage }): ReactNode => {
  const words = t.kinds.image;
  const held = image.fileSystems.map(({ place, type }) => `${place} ${type}`.trim()).join(', ');
  const facts = [
    image.path,
    image.format === 'ewf' ? 'E01' : 'raw',
    ...(image.parts === 1 ? [] : [words.parts(image.parts)]),
    bytes(image.sizeBytes),
    held,
    words.verdicts[image.verdict],
  ];
  const digests = [
    ...Object.entries(image.stored).map(([name, value]) => `${words.stored} ${name} ${value}`),
    ...Object.entries(image.computed ?? {}).map(([name, value]) => `${words.computed} ${name} ${value}`),
  ];
  return (
    <span className={styles['image']} data-verdict={image.verdict}>
      {facts.filter((fact) => fact !== '').join(', ')}
      {digests.map((digest) => (
        <span key={digest} className={`${styles['image']} muted`}>
          {digest}
        </span>
      ))}
    </span>
  );
};

const Source = ({ exhibit }: { exhibit: Exhibit }): ReactNode => (
  <Facts
    rows={[
      [
        t.exhibit.container,
        exhibit.containerSha256 === null ? (
          <span className="muted">{t.exhibit.noContainer}</span>
        ) : (
          <Copyable text={exhibit.containerSha256} />
        ),
      ],
      [t.exhibit.containerBytes, exhibit.containerBytes === null ? null : bytes(exhibit.containerBytes)],
      [
        t.kinds.image.title,
        exhibit.images.length === 0 ? null : exhibit.images.map((image) => <Image key={image.path} image={image} />),
      ],
      [t.exhibit.source, exhibit.source === '' ? null : <Copyable key="source" text={exhibit.source} tail={24} />],
      [t.exhibit.kind, `${t.kinds.exhibits[exhibit.kind]}, ${exhibit.inPlace ? t.exhibit.inPlace : t.exhibit.sealed}`],
      [t.exhibit.by, exhibit.createdBy === null ? null : `${exhibit.createdBy}, ${exhibit.agency.name}`],
      [t.exhibit.registered, zonedInstant(exhibit.createdAt)],
      [t.exhibit.walked, exhibit.walkFinishedAt === null ? null : zonedInstant(exhibit.walkFinishedAt)],
      [t.exhibit.completed, exhibit.completedAt === null ? null : zonedInstant(exhibit.completedAt)],
      [
        t.exhibit.lastChecked,
        exhibit.lastCheckedAt === null || exhibit.lastCheckedAt === exhibit.walkFinishedAt
          ? null
          : zonedInstant(exhibit.lastCheckedAt),
      ],
    ]}
  />
);

/** A sender in a browser that was cut off, perhaps a closed window: who chooses the same files goes on. */
const GoOn = ({ exhibit }: { exhibit: Exhibit }): ReactNode => {
  const upload = useUpload();
  if (upload?.progress?.exhibitId === exhibit.id && upload.end === null) return null;
  return (
    <p className="head">
      {t.upload.interrupted}{' '}
      <Link
        to="/cases/$caseId/add"
        params={{ caseId: exhibit.caseId }}
        search={{ exhibit: exhibit.reference }}
        className="link"
      >
        {t.upload.goOn}
      </Link>
    </p>
  );
};

export const ExhibitScreen = (): ReactNode => {
  const { exhibitId } = route.useParams();
  const exhibit = useQuery(exhibitQuery(exhibitId));
  const live = useLiveFunnel(exhibit.data === undefined ? undefined : [exhibit.data]);
  const funnel = useQuery({ ...funnelQuery({ exhibit: exhibitId }), ...live });
  const trail = useScopeTrail({ exhibit: exhibitId });
  usePlace([...trail.slice(0, -1), ...trail.slice(-1).map(({ words }) => ({ words }))]);
  const isOwn = useQuery(meQuery).data?.agency.id === exhibit.data?.agency.id;
  const fresh = funnel.data?.steps.find((row) => row.step === 'new')?.files;
  return (
    <div className="page">
      <Async query={exhibit}>
        {(data) => (
          <>
            <div className="head">
              <strong data-exhibit-state={data.state}>{t.exhibit.states[data.state]}</strong>
              <span className="muted">
                {t.common.files(data.filesSeen)}, {bytes(data.bytesSeen)}
              </span>
              {data.errorCode !== null && (
                <>
                  <CodeWords code={data.errorCode} /> <span className="muted">{data.errorDetail}</span>
                </>
              )}
              <ScopeLinks scope={{ exhibit: exhibitId }} />
            </div>
            {isOwn && data.state === 'walking' && data.source.startsWith('browser') && <GoOn exhibit={data} />}
            {data.state !== 'complete' && <Progress exhibit={data} atMs={exhibit.dataUpdatedAt} />}
            <Async query={funnel}>{(f) => <FunnelRibbon funnel={f} />}</Async>
            <Section
              title={t.exhibit.newTitle}
              n={fresh}
              more={
                <Link to="/review" search={{ exhibit: exhibitId, step: 'new', collapse: 'media' }} className="link">
                  {t.common.showAll}
                </Link>
              }
            >
              <Strip
                query={{ exhibit: exhibitId, step: 'new', collapse: 'media' }}
                empty={data.state === 'complete' ? t.exhibit.noNew : t.exhibit.noNewYet}
              />
            </Section>
            {data.notViewed > 0 && (
              <Section title={t.legal.title}>
                <ExhibitGate exhibitId={exhibitId} agencyId={data.agency.id} notViewed={data.notViewed} />
              </Section>
            )}
            <PhoneReportsSection exhibitId={exhibitId} />
            <FirstGenerationSection scope={{ exhibit: exhibitId }} />
            <ConnectionSection scope={{ exhibit: exhibitId }} title={t.exhibit.connections} />
            <ExportSection subject={{ exhibit: exhibitId }} />
            <Failures exhibitId={exhibitId} running={data.state !== 'complete'} isOwn={isOwn} />
            <ReportSection about={{ exhibit: exhibitId }} />
            <Section title={t.exhibit.custody}>
              <Source exhibit={data} />
              {isOwn && (
                <>
                  <CustodyTable item="exhibits" id={data.id} />
                  <Ask path={`/exhibits/${data.id}`} kinds={['exhibit-move', 'exhibit-withdraw']} />
                </>
              )}
            </Section>
            {data.state === 'complete' && (
              <Section title={t.exhibit.progress}>
                <Progress exhibit={data} atMs={exhibit.dataUpdatedAt} />
              </Section>
            )}
          </>
        )}
      </Async>
    </div>
  );
};
