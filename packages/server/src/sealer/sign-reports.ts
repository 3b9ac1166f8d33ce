// Signs what was written down beside reports. Who made one, what it is about and which files it has, is taken from the row, which its maker
// alone could write for themselves; the head of the record is looked up, and never taken from anybody.
import { sql, type Kysely } from 'kysely';
import { signedText, type ReportStatement } from '@redthread/core/audit';
import { ensureSigner, instantText, type Database, type KeyRing } from '../store/index.js';

const MOST = 100;

interface Unsigned extends Pick<ReportStatement, 'kind' | 'about' | 'files'> {
  readonly id: string;
  readonly log: string;
  readonly size: number;
  readonly root: string;
  readonly at: string;
}

/** Answers how many. Errors: of the database; of a ring without its key. */
export const signReports = async (db: Kysely<Database>, keys: KeyRing): Promise<number> => {
  const { rows } = await sql<Unsigned>`
    select r.id, r.kind, r.about, r.files, r.agency_id as log, h.size, encode(h.root, 'hex') as root, ${instantText('h.at')} as at
    from reports r join audit_heads h on h.agency_id = r.agency_id and h.size = r.record_size
    where r.signature is null order by r.at, r.id limit ${MOST}`.execute(db);
  if (rows.length === 0) return 0;
  const signer = await ensureSigner(db, keys);
  for (const { about, at, files, id, kind, log, root, size } of rows) {
    const statement: ReportStatement = { v: 1, kind, about, files, record: { log, size, root, at }, key: signer.key };
    await db
      .updateTable('reports')
      .set({ key: signer.key, signature: signer.sign(signedText('report', statement)) })
      .where('id', '=', id)
      .where('signature', 'is', null)
      .execute();
  }
  return rows.length;
};
