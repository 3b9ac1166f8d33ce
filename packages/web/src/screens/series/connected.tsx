// What a series connects with, other series and cases, strongest first, each with its strongest pair of media; opened, every reason and what was
// decided, and the buttons to decide.
import type { SeriesConnection } from '@redthread/core/contract';
import type { DecisionState } from '@redthread/core/domain';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { seriesConnectionsQuery } from '../../api/queries.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { GradeCounts, GradeShape } from '../../form/grade.js';
import { Section } from '../../parts/section.js';
import { Strength } from '../../parts/strength.js';
import { t } from '../../text/index.js';
import { Judgement } from '../connections/judgement.js';
import { Reasons } from '../connections/reasons.js';
import styles from './connected.module.css';

const words = t.series;
const COLUMNS = 6;

const End = ({ series, case: end }: SeriesConnection): ReactNode =>
  series !== null ? (
    <Link to="/series/$seriesId" params={{ seriesId: series.id }} className="link" title={series.agency.name}>
      {series.name}
    </Link>
  ) : end === null ? null : (
    <Link to="/cases/$caseId" params={{ caseId: end.caseId }} className="link" title={end.agency.name}>
      {end.caseReference}
    </Link>
  );

const nameOf = ({ series, case: end }: SeriesConnection): string => series?.name ?? end?.caseReference ?? '';

/** Every reason, and what was decided, below the line. */
const Opened = ({ one, onDone }: { one: SeriesConnection; onDone: () => void }): ReactNode => {
  const mayDecide = useRoles(CASE_ROLES);
  const [act, setAct] = useState<DecisionState | null>(null);
  return (
    <tr>
      <td colSpan={COLUMNS} className={styles['opened']}>
        <Reasons
          reasons={[one.strongest, ...one.further]}
          between={t.connections.reasonsOf(one.own.name, nameOf(one))}
        />
        <Judgement connection={one} mayDecide={mayDecide} act={act} onAct={setAct} onDone={onDone} />
      </td>
    </tr>
  );
};

const Row = ({ one }: { one: SeriesConnection }): ReactNode => {
  const [open, setOpen] = useState(false);
  const { mediaA, mediaB, grade, words: reason } = one.strongest;
  const text = (
    <>
      <GradeShape grade={grade} /> {reason}
    </>
  );
  return (
    <>
      <tr data-connected={one.series?.id ?? one.case?.caseId} data-state={one.state}>
        <td>
          <Strength bits={one.strengthBits} causes={one.causes} />
        </td>
        <td>
          <End {...one} />
        </td>
        <td className="grow wrap">
          {mediaA === mediaB ? (
            <Link to="/media/$mediaId" params={{ mediaId: mediaA }} className="link">
              {text}
            </Link>
          ) : (
            <Link to="/compare" search={{ a: mediaA, b: mediaB }} className="link">
              {text}
            </Link>
          )}
        </td>
        <td className="num">
          <GradeCounts counts={one.counts} />
        </td>
        <td title={one.reopened ?? one.decision?.reason}>
          {one.reopened === null ? t.connections.states[one.state] : t.connections.again}
        </td>
        <td>
          <button type="button" className="button plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? words.closeConnection : words.judgeConnection}
          </button>
        </td>
      </tr>
      {open && <Opened one={one} onDone={() => setOpen(false)} />}
    </>
  );
};

const Connected = ({ seriesId, kind }: { seriesId: string; kind: 'series' | 'cases' }): ReactNode => {
  const [leads, setLeads] = useState(false);
  const { data } = useQuery({ ...seriesConnectionsQuery(seriesId, kind, leads), staleTime: 0 });
  if (data === undefined || (data.items.length === 0 && data.leads === 0)) return null;
  return (
    <Section title={words.connectedWith[kind]} n={data.total} id={`connected-${kind}`}>
      {data.leads > 0 && (
        <p className={styles['leads']}>
          <button
            type="button"
            className="button plain"
            data-on={leads}
            aria-pressed={leads}
            onClick={() => setLeads(!leads)}
          >
            {leads ? words.hideLeads : t.connections.seeLeads(data.leads)}
          </button>
        </p>
      )}
      <table className="table">
        <tbody>
          {data.items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </tbody>
      </table>
    </Section>
  );
};

export const ConnectedWith = ({ seriesId }: { seriesId: string }): ReactNode => (
  <>
    <Connected seriesId={seriesId} kind="series" />
    <Connected seriesId={seriesId} kind="cases" />
  </>
);
