// The table of an operation by agency and country: pure.
import type { Case, Exhibit, Funnel, FunnelStep, Operation } from '@redthread/core/contract';

export interface AgencyRow {
  /** Null: the agencies of a country together, where it has several. */
  readonly agency: Operation['agencies'][number] | null;
  readonly country: string;
  /** Of how many agencies it tells. */
  readonly of: number;
  readonly cases: number;
  readonly exhibits: number;
  readonly files: Readonly<Partial<Record<FunnelStep, number>>>;
}

const STEPS_SUMMED = [
  'seized',
  'unreadable',
  'unique',
  'known',
  'same-content',
  'not-compared',
  'new',
  'reviewed',
] as const satisfies readonly FunnelStep[];

const total = (rows: readonly AgencyRow[], of: (row: AgencyRow) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

const together = (country: string, rows: readonly AgencyRow[]): AgencyRow => ({
  agency: null,
  country,
  of: rows.length,
  cases: total(rows, (row) => row.cases),
  exhibits: total(rows, (row) => row.exhibits),
  files: Object.fromEntries(STEPS_SUMMED.map((step) => [step, total(rows, ({ files }) => files[step] ?? 0)])),
});

const seized = ({ files }: AgencyRow): number => files.seized ?? 0;

/** Countries with most files first, in each the agencies likewise; a country with several is followed by its sum. */
export const agencyRows = (
  operation: Operation,
  cases: readonly Case[],
  exhibits: readonly Exhibit[],
  funnel: Funnel | undefined,
): readonly AgencyRow[] => {
  const rows = operation.agencies.map((agency): AgencyRow => {
    const steps = funnel?.agencies.find((one) => one.agency.id === agency.id)?.steps ?? [];
    return {
      agency,
      country: agency.country,
      of: 1,
      cases: cases.filter((one) => one.agency.id === agency.id).length,
      exhibits: exhibits.filter((one) => one.agency.id === agency.id).length,
      files: Object.fromEntries(steps.map(({ step, files }) => [step, files])),
    };
  });
  const countries = [...new Set(rows.map(({ country }) => country))].map((country) => {
    const own = rows.filter((row) => row.country === country).sort((a, b) => seized(b) - seized(a));
    return { own, sum: together(country, own) };
  });
  return countries
    .sort((a, b) => seized(b.sum) - seized(a.sum))
    .flatMap(({ own, sum }) => (own.length > 1 ? [...own, sum] : own));
};
