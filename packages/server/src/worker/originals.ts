// Where the original of a media is read from: its sealed object, or, for exhibits that stay in place, one of its source
// files, whose bytes are verified before anybody decodes them.
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql, type Kysely } from 'kysely';
import { fail, isRedthreadError, type ItemErrorCode } from '@redthread/core/errors';
import { plainAccess, readPlain } from '../features/exhibits/index.js';
import { streamRange, type RandomAccess } from '../media/walk/index.js';
import { dataKeysToRead, kindKey, type Database, type Store } from '../store/index.js';

export interface SourceFile {
  readonly occurrenceId: string;
  readonly path: string;
}

export interface Original {
  readonly mediaId: string;
  readonly contentId: number;
  readonly sha256: Buffer;
  readonly mime: string;
  readonly sizeBytes: number;
  /** As far as it has been decoded. */
  readonly width: number | null;
  readonly height: number | null;
  readonly dataKey: Buffer;
  /** Name of the sealed object; null when the content was never copied. */
  readonly objectName: string | null;
  readonly sourceFiles: readonly SourceFile[];
}

interface OriginalRow extends Omit<Original, 'dataKey' | 'sourceFiles'> {
  readonly sourceFiles: readonly SourceFile[] | null;
}

/** By media id; one without a key that opens here is absent. */
export const findOriginals = (store: Store<'worker'>, mediaIds: readonly string[]): Promise<Map<string, Original>> =>
  store.worker.transaction().execute(async (trx) => {
    const keys = await dataKeysToRead(trx, store.keys, mediaIds);
    const { rows } = await sql<OriginalRow>`
      select m.id as "mediaId", m.content_id as "contentId", m.sha256, m.mime, m.size_bytes as "sizeBytes", m.width, m.height,
        v.name as "objectName",
        case when v.name is null then (
          select json_agg(json_build_object('occurrenceId', o.id, 'path', o.in_place_path) order by o.id)
          from occurrences o where o.media_id = m.id and o.state = 'in-place'
        ) end as "sourceFiles"
      from media m left join vault_objects v on v.media_id = m.id and v.kind = 'original'
      where m.id = any(${[...mediaIds]}::uuid[])`.execute(trx);
    return new Map(
      rows.flatMap((row) => {
        const dataKey = keys.get(row.mediaId);
        return dataKey === undefined ? [] : [[row.mediaId, { ...row, dataKey, sourceFiles: row.sourceFiles ?? [] }]];
      }),
    );
  });

export interface LostSource {
  readonly occurrenceId: string;
  readonly state: 'missing' | 'changed' | 'unreadable';
  readonly code: ItemErrorCode;
  readonly detail: string;
}

export type ReadOriginal =
  | { readonly ok: true; readonly bytes: Buffer; readonly lost: readonly LostSource[] }
  | { readonly ok: false; readonly code: string; readonly detail: string; readonly lost: readonly LostSource[] };

/** Verified bytes of an original; source files that are gone or changed are reported, and the next one is tried. */
export const readOriginal = async (
  store: Store<'worker'>,
  original: Original,
  allocate: (sizeBytes: number) => Buffer = Buffer.allocUnsafeSlow,
): Promise<ReadOriginal> => {
  const lost: LostSource[] = [];
  if (original.objectName !== null) {
    try {
      return {
        ok: true,
        bytes: await store.vault.readAll(original.objectName, kindKey(original.dataKey, 'original'), allocate),
        lost,
      };
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      return { ok: false, code: error.code, detail: error.detail, lost };
    }
  }
  for (const { occurrenceId, path } of original.sourceFiles) {
    try {
      const { bytes } = readPlain(path, allocate);
      if (createHash('sha256').update(bytes).digest().equals(original.sha256)) return { ok: true, bytes, lost };
      lost.push({ occurrenceId, state: 'changed', code: 'FILE_CHANGED', detail: path });
    } catch (error) {
      lost.push(lostBy(error, occurrenceId));
    }
  }
  const last = lost.at(-1);
  return { ok: false, code: last?.code ?? 'FILE_MISSING', detail: last?.detail ?? 'no source is left', lost };
};

/** What became of a source file that cannot be read. */
const lostBy = (error: unknown, occurrenceId: string): LostSource => {
  if (!isRedthreadError(error)) throw error;
  const state = error.code === 'FILE_MISSING' ? 'missing' : error.code === 'FILE_CHANGED' ? 'changed' : 'unreadable';
  return { occurrenceId, state, code: error.code as ItemErrorCode, detail: error.detail };
};

/**
 * The same of a film, which is not read at once; the caller closes it. Errors: VAULT_MISSING, VAULT_CORRUPT; of the last source file, where none is left: they stand in `lost`.
 */
export const openOriginal = async (
  store: Store<'worker'>,
  original: Original,
  lost: LostSource[],
): Promise<RandomAccess> => {
  if (original.objectName !== null) {
    const sealed = await store.vault.openObject(original.objectName, kindKey(original.dataKey, 'original'));
    return {
      sizeBytes: sealed.sizeBytes,
      read: async (offset, length) => {
        const pieces: Buffer[] = [];
        for await (const piece of sealed.range(offset, offset + length)) pieces.push(piece);
        return Buffer.concat(pieces);
      },
      close: () => sealed.close(),
    };
  }
  for (const { occurrenceId, path } of original.sourceFiles) {
    try {
      const file = plainAccess(path);
      const digest = await sha256Of(file).catch(async (error: unknown) => {
        await file.close();
        throw error;
      });
      if (digest.equals(original.sha256)) return file;
      await file.close();
      lost.push({ occurrenceId, state: 'changed', code: 'FILE_CHANGED', detail: path });
    } catch (error) {
      lost.push(lostBy(error, occurrenceId));
    }
  }
  const last = lost.at(-1);
  throw fail(last?.code ?? 'FILE_MISSING', last?.detail ?? 'no source is left');
};

const sha256Of = async (file: RandomAccess): Promise<Buffer> => {
  const hash = createHash('sha256');
  const write = (piece: Buffer, _encoding: string, done: () => void): void => {
    hash.update(piece);
    done();
  };
  await pipeline(streamRange(file), new Writable({ write }));
  return hash.digest();
};

/** Puts the fate of source files on their occurrences. */
export const markLost = async (db: Kysely<Database>, lost: readonly LostSource[]): Promise<void> => {
  if (lost.length === 0) return;
  await sql`update occurrences o set state = l.state, error_code = l.code, error_detail = l.detail
    from unnest(${lost.map((l) => l.occurrenceId)}::uuid[], ${lost.map((l) => l.state)}::text[],
      ${lost.map((l) => l.code)}::text[], ${lost.map((l) => l.detail)}::text[]) as l (id, state, code, detail)
    where o.id = l.id`.execute(db);
};
