// How an end of a connection is called on a terminal.
import type { ConnectionEnd } from '@redthread/core/contract';

/** Country, case and exhibit, none of them said twice: references often begin with the country or the case. */
export const connectionEnd = ({ agency, caseReference, exhibit }: ConnectionEnd): string => {
  const isNamed = exhibit === null || exhibit.startsWith(caseReference);
  const reference = isNamed ? (exhibit ?? caseReference) : `${caseReference}/${exhibit}`;
  return reference.startsWith(agency.country) ? reference : `${agency.country} ${reference}`;
};
