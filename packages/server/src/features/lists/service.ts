// Lists of hashes: imported as a whole or not at all. What is known is a join, so a new list answers for everything that
// is stored already.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Transform } from 'node:stream';
import { sql } from 'kysely';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { checkedName, checkedReference } from '../../app/reference.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { requireHandling } from '../handling/index.js';
import { operationByReference } from '../operations/index.js';
import { hashListReader } from './parse.js';
import { insertEntries, insertList, readLists, sealList } from './queries.js';

const BATCH = 10_000;

export interface ListImport {
  readonly file: string;
  readonly name: string;
  readonly polarity: List['polarity'];
  readonly version: string;
  /** Reference of the operation whose members may use it. */
  readonly shareWith?: string | undefined;
  readonly expiresAt?: Date | undefined;
  /** TLP:AMBER unless given. */
  readonly handling?: string | undefined;
}

const LONGEST_LINE_BYTES = 1_048_576;

export interface ListImported {
  readonly list: List;
  /** Digests of the empty file, which were left out. */
  readonly emptyFiles: number;
}

/** Errors: ARGUMENT_INVALID, FORBIDDEN, READ_ONLY, SOURCE_UNREADABLE, LIST_INVALID with line numbers, ALREADY_EXISTS, NOT_FOUND. */
export const importList = (store: Store, ctx: Context, input: ListImport): Promise<ListImported> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  checkedName('name', input.name);
  checkedReference('list-version', input.version);
  if (input.expiresAt !== undefined && input.expiresAt.getTime() <= Date.now())
    throw fail(
      'ARGUMENT_INVALID',
      `${input.expiresAt.toISOString().slice(0, 10)} has passed: the list would never count`,
      {
        pointer: 'expires',
      },
    );
  return withContext(store.app, ctx, async (trx) => {
    const operationId = input.shareWith === undefined ? null : await operationByReference(trx, input.shareWith);
    if (input.shareWith !== undefined && operationId === null) throw fail('NOT_FOUND', `operation ${input.shareWith}`);
    const { handling = 'TLP:AMBER' } = input;
    await requireHandling(trx, handling);
    const id = await insertList(trx, {
      agency_id: ctx.actor.agencyId,
      operation_id: operationId,
      name: input.name,
      polarity: input.polarity,
      version: input.version,
      source_name: basename(input.file),
      handling,
      expires_at: input.expiresAt ?? null,
      created_by: ctx.actor.userId,
    });
    if (id === null) throw fail('ALREADY_EXISTS', `list ${input.name} version ${input.version}`);
    const { entries, emptyFiles, sha256 } = await fill(trx, id, ctx.actor.agencyId, input.file);
    // A download that was cut off looks like this, and a list of nothing answers "unknown" for everything.
    if (entries === 0)
      throw fail('LIST_INVALID', `${input.file} holds no hash${emptyFiles > 0 ? ' but those of an empty file' : ''}`);
    await sealList(trx, id, entries, sha256);
    const { name, version, polarity } = input;
    await audit(trx, ctx, {
      type: 'list-import',
      object: { kind: 'list', id },
      detail: { name, version, polarity, entries, sha256: sha256.toString('hex') },
    });
    const list = (await readLists(trx, name)).find((one) => one.id === id);
    if (list === undefined) throw fail('INTERNAL', `list ${id} is not there after its import`);
    return { list, emptyFiles };
  });
};

const fill = async (trx: Trx, listId: string, agencyId: string, file: string) => {
  const hash = createHash('sha256');
  const source = createReadStream(file);
  let lineBytes = 0;
  const hashed = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      const lastEnd = chunk.lastIndexOf(0x0a);
      lineBytes = lastEnd < 0 ? lineBytes + chunk.length : chunk.length - lastEnd - 1;
      // A file without line ends would be held in memory as one line.
      if (lineBytes > LONGEST_LINE_BYTES) {
        done(fail('LIST_INVALID', `${file}: a line of more than ${LONGEST_LINE_BYTES} bytes is no hash`));
        return;
      }
      done(null, chunk);
    },
  });
  source.on('error', (error) =>
    hashed.destroy(fail('SOURCE_UNREADABLE', `${file}: ${error.message}`, { cause: error })),
  );
  const reader = hashListReader();
  let batch: string[] = [];
  let entries = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) entries += await insertEntries(trx, listId, agencyId, batch);
    batch = [];
  };
  for await (const line of linesOf(source.pipe(hashed))) {
    const digest = reader.line(line);
    if (digest !== null) batch.push(digest);
    if (batch.length >= BATCH) await flush();
  }
  const { emptyFiles } = reader.end();
  await flush();
  return { entries, emptyFiles, sha256: hash.digest() };
};

/** readline swallows the errors of its input: they are raised here. */
async function* linesOf(input: Transform): AsyncGenerator<string> {
  let failure: Error | null = null;
  input.on('error', (error) => (failure = error));
  const lines = createInterface({ input, crlfDelay: Infinity });
  input.on('error', () => lines.close());
  yield* lines;
  if (failure !== null) throw failure;
}

/** The newest version of a list of the actor's own agency. Errors: NOT_FOUND. */
export const listByName = async (trx: Trx, name: string): Promise<string> => {
  const row = await trx
    .selectFrom('lists')
    .select('id')
    .where('name', '=', name)
    .where('agency_id', '=', sql<string>`app_agency()`)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  if (row === undefined) throw fail('NOT_FOUND', `list ${name}: see redthread list list`);
  return row.id;
};

export const listLists = (store: Store, ctx: Context): Promise<List[]> =>
  withContext(store.app, ctx, (trx) => readLists(trx, null));

/** All versions of a list. Errors: NOT_FOUND. */
export const showList = async (store: Store, ctx: Context, name: string): Promise<List[]> => {
  const lists = await withContext(store.app, ctx, (trx) => readLists(trx, name));
  if (lists.length === 0) throw fail('NOT_FOUND', `list ${name}: see redthread list list`);
  return lists;
};
