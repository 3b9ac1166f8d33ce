// How the ends of a connection are called on a terminal.
import type { Connection, ConnectionEnd, SeriesConnection } from '@redthread/core/contract';

/** Country, case and exhibit, none of them said twice: references often begin with the country or the case. */
export const connectionEnd = ({ agency, caseReference, exhibit }: ConnectionEnd): string => {
  const isNamed = exhibit === null || exhibit.startsWith(caseReference);
  const reference = isNamed ? (exhibit ?? caseReference) : `${caseReference}/${exhibit}`;
  return reference.startsWith(agency.country) ? reference : `${agency.country} ${reference}`;
};

const seriesName = ({ name, agency }: SeriesConnection['own']): string => `${agency.country} ${name}`;

/** What the series connects with. */
export const seriesEnd = ({ series, case: end }: SeriesConnection): string =>
  series !== null ? seriesName(series) : end === null ? '' : connectionEnd(end);

/** Both ends of whatever connection. */
export const bothEnds = (connection: Connection | SeriesConnection): readonly [string, string] =>
  'own' in connection
    ? [seriesName(connection.own), seriesEnd(connection)]
    : [connectionEnd(connection.a), connectionEnd(connection.b)];
