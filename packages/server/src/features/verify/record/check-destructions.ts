// The records of destruction: each signed by a key of this store, whole, numbered without a gap, and as many as the audit record
// tells of.
import { sql, type Kysely } from 'kysely';
import { signedDestruction } from '@redthread/core/audit';
import { isSignedBy, sha256, type Database } from '../../../store/index.js';
import type { KnownKeys } from './check-keys.js';
import type { Findings } from './findings.js';

/** Answers how many there are. `logs`: of these agencies only; null: of all. */
export const checkDestructions = async (
  db: Kysely<Database>,
  keys: KnownKeys,
  findings: Findings,
  logs: readonly string[] | null,
): Promise<number> => {
  const isAskedFor = (agencyId: string): boolean => logs === null || logs.includes(agencyId);
  const rows = await db.selectFrom('destructions').selectAll().orderBy('agency_id').orderBy('number').execute();
  const counts = new Map<string, number>();
  let last: (typeof rows)[number] | undefined;
  for (const row of rows.filter(({ agency_id }) => isAskedFor(agency_id))) {
    const name = `record of destruction ${row.number} of ${findings.nameOf(row.agency_id).replace('the log of ', '')}`;
    counts.set(row.agency_id, (counts.get(row.agency_id) ?? 0) + 1);
    if (row.number !== (last?.agency_id === row.agency_id ? last.number : 0) + 1)
      findings.add('RECORD_MISSING', name, 'the one before it is gone');
    last = row;
    const fault = faultOf(row, keys);
    if (fault !== null) findings.add('RECORD_CHANGED', name, fault);
  }
  const { rows: told } = await sql<{ agencyId: string; n: number }>`
    select agency_id as "agencyId", count(*) as n from audit_events
    where type = 'request-done' and detail ->> 'kind' in ('case-destroy', 'purge') group by agency_id`.execute(db);
  for (const { agencyId, n } of told.filter((one) => isAskedFor(one.agencyId))) {
    const there = counts.get(agencyId) ?? 0;
    if (there < n)
      findings.add('RECORD_MISSING', findings.nameOf(agencyId), `${n} destructions, and ${there} records of them`);
    if (there > n)
      findings.add('RECORD_INSERTED', findings.nameOf(agencyId), `${there} records of destruction, and ${n} done`);
  }
  return rows.length;
};

interface Row {
  readonly id: string;
  readonly number: number;
  readonly agency_id: string;
  readonly case_id: string;
  readonly exhibit_id: string | null;
  readonly record: string;
  readonly digest: Buffer;
  readonly signature: Buffer;
}

const faultOf = (row: Row, keys: KnownKeys): string | null => {
  if (!row.digest.equals(sha256(row.record))) return 'its text has another SHA-256';
  const said = parsed(row.record);
  const key = keys.get(said?.key ?? '');
  if (key === undefined || !isSignedBy(key, signedDestruction(row.record), row.signature))
    return 'it is not signed by a key of this store';
  const isOfRow =
    said?.id === row.id &&
    said.number === row.number &&
    said.agency.id === row.agency_id &&
    said.case.id === row.case_id &&
    (said.exhibit?.id ?? null) === row.exhibit_id;
  return isOfRow ? null : 'it stands for another destruction';
};

interface Said {
  readonly id: string;
  readonly number: number;
  readonly key: string;
  readonly agency: { readonly id: string };
  readonly case: { readonly id: string };
  readonly exhibit: { readonly id: string } | null;
}

const parsed = (record: string): Said | null => {
  try {
    return JSON.parse(record) as Said;
  } catch {
    return null;
  }
};
