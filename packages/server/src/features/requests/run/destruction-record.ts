// The signed record of what was destroyed: who asked, who confirmed, what went, in counts and digests, and what remains where.
// It is signed with the key that signs the audit record, and kept as it was signed: whoever holds it and the public keys needs nothing else.
import { createHash, randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { canonicalJson, signedDestruction, type Json } from '@redthread/core/audit';
import { ensureSigner, type Database } from '../../../store/index.js';
import type { Run } from './running.js';

type Trx = Transaction<Database>;

export interface DestroyedExhibit {
  readonly id: string;
  readonly reference: string;
  readonly source: string;
  readonly inPlace: boolean;
  readonly containerSha256: string | null;
  readonly files: number;
}

/** Exhibits with their files, in the order of their references. */
export const placesOf = async (trx: Trx, ids: readonly string[]): Promise<DestroyedExhibit[]> => {
  const { rows } = await sql<DestroyedExhibit>`
    select e.id, e.reference, e.source_path as source, e.in_place_root is not null as "inPlace",
      encode(e.container_sha256, 'hex') as "containerSha256",
      (select count(*) from occurrences o where o.exhibit_id = e.id) as files
    from exhibits e where e.id = any(${[...ids]}::uuid[]) order by e.reference`.execute(trx);
  return rows;
};

/** `digest`: SHA-256 over the SHA-256 of each, ascending: proves what was among them to whoever holds the digests. */
const goneOf = async (trx: Trx, requestId: string): Promise<{ media: number; bytes: number; digest: string }> => {
  const digest = createHash('sha256');
  let [media, bytes] = [0, 0];
  for (let after = Buffer.alloc(0); ;) {
    const { rows } = await sql<{ sha256: Buffer; bytes: number }>`
      select sha256, size_bytes as bytes from request_media where request_id = ${requestId}::uuid and is_gone and sha256 > ${after}
      order by sha256 limit 10000`.execute(trx);
    const last = rows.at(-1);
    if (last === undefined) return { media, bytes, digest: digest.digest('hex') };
    for (const row of rows) {
      digest.update(row.sha256);
      media += 1;
      bytes += row.bytes;
    }
    after = Buffer.from(last.sha256);
  }
};

interface Destroyed {
  /** Null: the whole case. */
  readonly exhibitId: string | null;
  readonly exhibits: readonly DestroyedExhibit[];
  /** The key of the case that was destroyed, and whether the row that held it was cleaned away; null: the case lives on. */
  readonly caseKey: { readonly destroyedAt: string; readonly isRowGone: boolean } | null;
}

/** Writes and signs it, in the transaction that ends the request. */
export const writeRecord = async (
  { store, request }: Run,
  trx: Trx,
  { exhibitId, exhibits, caseKey }: Destroyed,
): Promise<{ readonly number: number; readonly digest: string }> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`redthread destruction ${request.agencyId}`}, 0))`.execute(
    trx,
  );
  const { rows: last } = await sql<{ number: number }>`
    select coalesce(max(number), 0) + 1 as number from destructions where agency_id = ${request.agencyId}::uuid`.execute(
    trx,
  );
  const number = last[0]?.number ?? 1;
  const id = randomUUID();
  const signer = await ensureSigner(trx, store.keys);
  const text = canonicalJson({
    form: 'redthread destruction record v1',
    id,
    number,
    at: new Date().toISOString(),
    agency: request.subject.agency,
    case: { id: request.caseId, reference: request.subject.case },
    exhibit: exhibitId === null ? null : { id: exhibitId, reference: request.subject.exhibit ?? '' },
    request: {
      number: request.number,
      reason: request.reason,
      askedBy: request.requestedLogin,
      askedAt: request.requestedAt.toISOString(),
      confirmedBy: request.decidedLogin,
      confirmedAt: request.decidedAt.toISOString(),
    },
    destroyed: {
      keyOfCase: caseKey && { at: caseKey.destroyedAt },
      exhibits,
      files: exhibits.reduce((sum, { files }) => sum + files, 0),
      ...(await goneOf(trx, request.id)),
    },
    remains: await remainsOf(trx, request.id, exhibits, caseKey),
    key: signer.key,
  } as unknown as Json);
  const digest = createHash('sha256').update(text).digest();
  await trx
    .insertInto('destructions')
    .values({
      id,
      agency_id: request.agencyId,
      number,
      case_id: request.caseId,
      exhibit_id: exhibitId,
      record: text,
      digest,
      signature: signer.sign(signedDestruction(text)),
      public_key: signer.publicKey,
    })
    .execute();
  return { number, digest: digest.toString('hex') };
};

interface Remains {
  readonly inPlace: readonly { readonly exhibit: string; readonly source: string }[];
  /** Reveals, downloads, exports: what persons saw or took along, which nobody takes back. */
  readonly sent: readonly { readonly type: string; readonly times: number; readonly persons: number }[];
  readonly sharedWith: readonly string[];
  readonly backups: readonly { readonly at: string; readonly host: string; readonly folder: string }[];
  readonly notes: readonly string[];
}

const remainsOf = async (
  trx: Trx,
  requestId: string,
  exhibits: readonly DestroyedExhibit[],
  caseKey: Destroyed['caseKey'],
): Promise<Remains> => {
  const sent = await sql<Remains['sent'][number]>`select * from sent_of_request(${requestId}::uuid) order by 1`.execute(
    trx,
  );
  const shared = await sql<{
    name: string;
  }>`select name from sharing_of_request(${requestId}::uuid) order by 1`.execute(trx);
  const backups = await sql<{
    at: Date;
    host: string;
    folder: string;
  }>`select created_at as at, host, folder from backups order by 1`.execute(trx);
  return {
    inPlace: exhibits.filter((one) => one.inPlace).map(({ reference, source }) => ({ exhibit: reference, source })),
    sent: sent.rows,
    sharedWith: shared.rows.map(({ name }) => name),
    backups: backups.rows.map(({ at, host, folder }) => ({ at: at.toISOString(), host, folder })),
    notes: [
      'files that other cases of the agency hold as well, under the keys of these',
      'the audit record, custody, and the requests that led here',
      'the write-ahead log of the database and its dead rows, until they are reused: paths, digests and metadata',
      'backups from before, until they are made anew or deleted: a restore with the records of destruction destroys again',
      ...(caseKey === null ? [] : keyNotes(caseKey)),
      'the sources that the exhibits were taken from, and whatever was copied by hand',
    ],
  };
};

/** What the master key opens is not gone before the last copy of it is. */
const keyNotes = ({ isRowGone }: NonNullable<Destroyed['caseKey']>): string[] => [
  'the wrapped key of the case, in the write-ahead log until it is reused and in backups from before: the master key opens it',
  ...(isRowGone ? [] : ['the row that held the wrapped key of the case, until its table is next cleaned']),
];
