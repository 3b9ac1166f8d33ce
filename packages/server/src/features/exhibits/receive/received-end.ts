// The end of a batch that another machine sent: contents are uploads that lie sealed beside the vault already, or media
// that the agency holds. Written by the role `worker`, through the same batches as an ingest on this machine.
import { sql } from 'kysely';
import type { IngestBatch, IngestBatchAnswer, IngestContent } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { throughRestarts } from '../../../app/through-restarts.js';
import type { StagedObject } from '../../../store/index.js';
import { findSeen, markChanged } from '../ingest/earlier-run.js';
import { readFile } from '../ingest/found-entry.js';
import { foundOf, type FoundFile, type ReadFile, type UnreadEntry } from '../ingest/found-file.js';
import { sealedOnTheWay } from '../ingest/large-content.js';
import { storeBatch } from '../ingest/store-batch.js';
import type { IngestStore, IngestTarget } from '../ingest/target.js';
import { openUploadKeys, type WrappedUpload } from './upload-keys.js';

interface HeldContent {
  readonly sha256: Buffer;
  readonly sha1: Buffer;
  readonly md5: Buffer;
  readonly sizeBytes: number;
  readonly mime: string;
  readonly kind: string;
  /** Null: the agency's vault holds it. */
  readonly upload: WrappedUpload | null;
}

/** Errors: UPLOAD_SIZE_DIFFERS, UPLOAD_UNKNOWN, DISK_FULL, DB_UNREACHABLE, VAULT_CORRUPT. */
export const storeReceived = async (
  store: IngestStore,
  target: IngestTarget,
  { entries, changed }: IngestBatch,
): Promise<IngestBatchAnswer> => {
  await noteChanged(store, target, changed);
  const wanted = entries.flatMap((entry) => ('content' in entry ? [entry.content] : []));
  const held = await findHeld(store, target, wanted);
  const needed = wanted.filter(({ sha256 }) => !held.has(sha256));
  if (needed.length > 0) return { stored: false, needed, mediaIds: [] };

  const files: ReadFile[] = [];
  const unread: UnreadEntry[] = [];
  const contents: HeldContent[] = [];
  for (const entry of entries) {
    const found = foundOf(entry);
    if (!('content' in entry)) unread.push({ ...found, ...entry.failure });
    else {
      const content = contentOf(held, entry.content, entry.path);
      contents.push(content);
      files.push(readOf(found, content));
    }
  }
  const uploads = [...held.values()].flatMap(({ upload }) => upload ?? []);
  const keys = await throughRestarts(() =>
    store.db.transaction().execute((trx) => openUploadKeys(trx, store.keys, target, uploads)),
  );
  const keyOf = (index: number): Buffer | null => keys.get(contents[index]?.upload?.id ?? '') ?? null;
  const { mediaIds } = await storeBatch(store, target, {
    files,
    unread,
    sealedWith: keyOf,
    seal: async (wishes) => {
      const staged: StagedObject[] = [];
      for (const wish of wishes) {
        const [content, key] = [contents[wish.index], keyOf(wish.index)];
        if (content?.upload === null || content === undefined || key === null)
          throw fail('UPLOAD_UNKNOWN', content?.sha256.toString('hex') ?? wish.name);
        const object = await store.vault.uploads.stage(content.upload.id, wish.name, content.sizeBytes);
        staged.push(...(await sealedOnTheWay(store.vault, object, key)([wish])));
      }
      return staged;
    },
  });
  await dropUploads(
    store,
    uploads.map(({ id }) => id),
  );
  return { stored: true, needed: [], mediaIds: [...mediaIds] };
};

const noteChanged = async (
  store: IngestStore,
  { exhibitId }: IngestTarget,
  paths: readonly string[],
): Promise<void> => {
  if (paths.length === 0) return;
  await throughRestarts(async () => {
    const seen = await findSeen(store.db, exhibitId, paths);
    await markChanged(
      store.db,
      [...seen.values()].map(({ occurrenceId }) => occurrenceId),
    );
  });
};

/** By SHA-256 in hex. A content that came whole is taken from its upload, whatever else the agency holds. */
const findHeld = async (
  { db }: IngestStore,
  { agencyId, exhibitId }: IngestTarget,
  wanted: readonly IngestContent[],
): Promise<Map<string, HeldContent>> => {
  const digests = [...new Set(wanted.map(({ sha256 }) => sha256))].map((hex) => Buffer.from(hex, 'hex'));
  if (digests.length === 0) return new Map();
  const { rows } = await throughRestarts(() =>
    sql<HeldContent>`
      select m.sha256, m.sha1, m.md5, m.size_bytes as "sizeBytes", m.mime, m.kind, null as upload
      from media m where m.agency_id = ${agencyId}::uuid and m.sha256 = any(${digests}::bytea[])
        and exists (select from vault_objects v where v.media_id = m.id and v.kind = 'original')`.execute(db),
  );
  const sent = await throughRestarts(() =>
    db
      .selectFrom('uploads')
      .select(['id', 'generation', 'wrapped', 'sha256', 'sha1', 'md5', 'size_bytes as sizeBytes', 'mime', 'kind'])
      .where('agency_id', '=', agencyId)
      .where('exhibit_id', '=', exhibitId)
      .where('state', '=', 'complete')
      .where('sha256', '=', sql<Buffer>`any(${digests}::bytea[])`)
      .execute(),
  );
  const uploaded = sent.flatMap(({ id, generation, wrapped, sha1, md5, mime, kind, ...content }) =>
    sha1 === null || md5 === null || mime === null || kind === null
      ? []
      : [{ ...content, sha1, md5, mime, kind, upload: { id, generation, wrapped } }],
  );
  return new Map([...rows, ...uploaded].map((content) => [content.sha256.toString('hex'), content]));
};

const contentOf = (
  held: ReadonlyMap<string, HeldContent>,
  { sha256, sizeBytes }: IngestContent,
  path: string,
): HeldContent => {
  const content = held.get(sha256);
  if (content === undefined) throw fail('UPLOAD_UNKNOWN', sha256);
  if (content.sizeBytes !== sizeBytes)
    throw fail(
      'UPLOAD_SIZE_DIFFERS',
      saying`${path} is said to have ${sizeBytes} bytes, its content has ${content.sizeBytes}`,
    );
  return content;
};

const readOf = (found: FoundFile, { mime, kind, sizeBytes, ...digests }: HeldContent): ReadFile =>
  readFile(found, { ok: true, mime, kind, sizeBytes, statKey: null }, digests);

/** Rows first: a row without its file would be taken for a content that is here. */
export const dropUploads = async (
  { db, vault }: Pick<IngestStore, 'db' | 'vault'>,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length === 0) return;
  await throughRestarts(() =>
    db
      .deleteFrom('uploads')
      .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
      .execute(),
  );
  await vault.uploads.remove(ids);
};
