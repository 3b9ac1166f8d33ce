// What a series connects with, other series and cases, strongest first, each with its strongest pair of media.
import type { SeriesConnection } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { seriesConnectionsQuery } from '../../api/queries.js';
import { GradeCounts, GradeShape } from '../../form/grade.js';
import { Section } from '../../parts/section.js';
import { Strength } from '../../parts/strength.js';
import { t } from '../../text/index.js';

const words = t.series;

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

const Row = ({ one }: { one: SeriesConnection }): ReactNode => {
  const { mediaA, mediaB, grade, words: reason } = one.strongest;
  const text = (
    <>
      <GradeShape grade={grade} /> {reason}
    </>
  );
  return (
    <tr data-connected={one.series?.id ?? one.case?.caseId}>
      <td>
        <Strength bits={one.strengthBits} causes={one.causes} />
      </td>
      <td>
        <End {...one} />
      </td>
      <td className="grow">
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
    </tr>
  );
};

const Connected = ({ seriesId, kind }: { seriesId: string; kind: 'series' | 'cases' }): ReactNode => {
  const { data } = useQuery({ ...seriesConnectionsQuery(seriesId, kind), staleTime: 0 });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title={words.connectedWith[kind]} n={data.total} id={`connected-${kind}`}>
      <table className="table">
        <tbody>
          {data.items.map((one) => (
            <Row key={one.series?.id ?? one.case?.caseId} one={one} />
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
