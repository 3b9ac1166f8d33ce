// What every part of a report is built with: one snapshot of the database, as the person who asks sees it, and where its blocks go.
import { sql, type RawBuilder } from 'kysely';
import type { ReportRecord } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { instantText, type Trx } from '../../../store/index.js';
import { byTrafficLight } from '../../handling/index.js';
import type { ReportSink } from '../render/model-file.js';
import type { Links } from './links-part.js';

export interface Building {
  readonly trx: Trx;
  readonly sink: ReportSink;
  readonly record: ReportRecord;
}

/** How many rows a table is to have: asked apart from them. */
export const countOf = async (trx: Trx, query: RawBuilder<{ count: number }>): Promise<number> =>
  (await query.execute(trx)).rows[0]?.count ?? 0;

/** The last head of the agency's log. Errors: REPORT_UNSIGNED where nothing is sealed yet. */
export const recordOf = async (trx: Trx, log: string): Promise<ReportRecord> => {
  const { rows } = await sql<{ size: number; root: string; at: string }>`
    select size, encode(root, 'hex') as root, ${instantText('at')} as at
    from audit_heads where agency_id = app_agency() order by size desc limit 1`.execute(trx);
  const [head] = rows;
  if (head === undefined) throw fail('REPORT_UNSIGNED', 'no event of your agency is sealed yet');
  return { log, ...head };
};

/** What lies at an end of a connection: of a series the case that it belongs to. */
const endsOf = (links: Links | undefined) => {
  const all = links === undefined ? [] : [...links.connections, ...links.leads];
  const ends = all.flatMap((link) => ('own' in link ? (link.case ?? []) : [link.a, link.b]));
  const series = all.flatMap((link) =>
    'own' in link ? [link.own.id, ...(link.series === null ? [] : [link.series.id])] : [],
  );
  return { ends, series };
};

interface ToldOf {
  readonly cases?: readonly string[];
  readonly exhibits?: readonly string[];
  /** With every file of theirs. */
  readonly media?: readonly string[];
  readonly links?: Links;
}

/** Codes of everything that a report tells of: cases, exhibits, what they connect with, and the lists that were asked; the strictest first. */
export const handlingOf = async (
  trx: Trx,
  { cases = [], exhibits = [], links, media = [] }: ToldOf,
): Promise<string[]> => {
  const { ends, series } = endsOf(links);
  const ofCases = [...new Set([...cases, ...ends.map(({ caseId }) => caseId)])];
  const ofExhibits = [...new Set([...exhibits, ...ends.flatMap(({ exhibitId }) => exhibitId ?? [])])];
  const { rows } = await sql<{ code: string }>`
    with files as materialized (
      select distinct o.case_id, o.exhibit_id from occurrences o where o.media_id = any(${[...media]}::uuid[]))
    select handling as code from cases where id = any(${ofCases}::uuid[]) or id in (select case_id from files)
    union select c.handling from cases c join entities e on e.case_id = c.id where e.id = any(${[...new Set(series)]}::uuid[])
    union select handling from exhibits
      where (id = any(${ofExhibits}::uuid[]) or id in (select exhibit_id from files)) and handling is not null
    union select handling from lists`.execute(trx);
  return rows.map(({ code }) => code).sort(byTrafficLight);
};
