// The records of destruction: each signed by a key of this store, whole, numbered without a gap, and as many as the audit record
// tells of.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../../../store/index.js';
import { faultOfRecord } from '../../requests/index.js';
import type { KnownKeys } from './check-keys.js';
import type { Findings } from './findings.js';

/** Answers how many there are. `logs`: of these agencies only; null: of all. */
export const checkDestructions = async (
  db: Kysely<Database>,
  keys: KnownKeys,
  findings: Findings,
  logs: readonly string[] | null,
): Promise<number> => {
  const rows = await db
    .selectFrom('destructions')
    .selectAll()
    .$if(logs !== null, (query) => query.where('agency_id', 'in', logs ?? []))
    .orderBy('agency_id')
    .orderBy('number')
    .execute();
  const counts = new Map<string, number>();
  let last: (typeof rows)[number] | undefined;
  for (const row of rows) {
    const name = `record of destruction ${row.number} of ${findings.nameOf(row.agency_id).replace('the log of ', '')}`;
    counts.set(row.agency_id, (counts.get(row.agency_id) ?? 0) + 1);
    if (row.number !== (last?.agency_id === row.agency_id ? last.number : 0) + 1)
      findings.add('RECORD_MISSING', name, 'the one before it is gone');
    last = row;
    const fault = faultOfRecord(
      { ...row, agencyId: row.agency_id, caseId: row.case_id, exhibitId: row.exhibit_id, publicKey: row.public_key },
      keys,
    );
    if (fault !== null) findings.add('RECORD_CHANGED', name, fault);
  }
  const { rows: told } = await sql<{ agencyId: string; n: number }>`
    select agency_id as "agencyId", count(*) as n from audit_events
    where type = 'request-done' and detail ->> 'kind' in ('case-destroy', 'purge')
      and (${logs === null}::boolean or agency_id = any(${[...(logs ?? [])]}::uuid[])) group by agency_id`.execute(db);
  for (const { agencyId, n } of told) {
    const there = counts.get(agencyId) ?? 0;
    if (there < n)
      findings.add('RECORD_MISSING', findings.nameOf(agencyId), `${n} destructions, and ${there} records of them`);
    if (there > n)
      findings.add('RECORD_INSERTED', findings.nameOf(agencyId), `${there} records of destruction, and ${n} done`);
  }
  return rows.length;
};
