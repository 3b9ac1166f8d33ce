// Sums by agency for the table of an operation: pure.
import type { Case, Exhibit, Operation } from '@redthread/core/contract';

export interface AgencyRow {
  readonly agency: Operation['agencies'][number];
  readonly cases: number;
  readonly exhibits: number;
  readonly files: number;
  readonly bytes: number;
  readonly unreadable: number;
}

/** One row an agency of the operation, those with most files first. */
export const agencyRows = (
  operation: Operation,
  cases: readonly Case[],
  exhibits: readonly Exhibit[],
): readonly AgencyRow[] => {
  const sum = (list: readonly Exhibit[], of: (exhibit: Exhibit) => number): number =>
    list.reduce((total, exhibit) => total + of(exhibit), 0);
  return operation.agencies
    .map((agency) => {
      const own = exhibits.filter((exhibit) => exhibit.agency.id === agency.id);
      return {
        agency,
        cases: cases.filter((one) => one.agency.id === agency.id).length,
        exhibits: own.length,
        files: sum(own, (exhibit) => exhibit.filesSeen),
        bytes: sum(own, (exhibit) => exhibit.bytesSeen),
        unreadable: sum(own, (exhibit) => exhibit.unreadable),
      };
    })
    .sort((a, b) => b.files - a.files);
};
