// The part of the intake that reads and counts lists, as the role `worker`: one after the other, whatever waits, and again after it was killed. What an
// upload is to become stands in its row, which row-level security let its sender make.
import { sql, type Transaction } from 'kysely';
import type { ListPlan, OpenedPackage } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import { diskError } from '../../../disk/disk-error.js';
import type { Database, Store } from '../../../store/index.js';
import { countVersion } from '../import.js';
import { removeWhatIsLeft, unlessMaking } from '../making.js';
import { readInChild, ReaderDied, type Progress, type Read } from './read-in-child.js';
import type { FileHere } from './rows.js';
import { describedIn, requireFormat, type ListDoor } from './service.js';
import { ListUploadFiles } from './upload-files.js';

export interface ListIntake extends ListDoor {
  /** Takes up what waits, and clears away what its senders have left for good. Now and then. */
  tidy(): Promise<void>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly id: string;
  readonly agencyId: string;
  readonly userId: string;
  readonly login: string;
  readonly plan: ListPlan;
  readonly package: OpenedPackage | null;
  readonly operationId: string | null;
  readonly ontoId: string | null;
  readonly files: readonly FileHere[];
  readonly state: 'waiting' | 'reading' | 'counting';
  readonly attempts: number;
  readonly result: Read | null;
  readonly purpose: string | null;
  readonly requestId: string | null;
}

const MOST_ATTEMPTS = 2;
const NOTED_EVERY_MS = 1_000;
/** How often it is looked whether what is being read is still wanted. */
const LOOKED_EVERY_MS = 500;

/** What else is written where a package comes to count, in that transaction. */
export type TakeInPackage = (
  trx: Transaction<Database>,
  ctx: Context,
  opened: OpenedPackage,
  list: { readonly id: string; readonly entries: number },
) => Promise<void>;

export const createListIntake = (store: Store<'worker'>, takeInPackage: TakeInPackage): ListIntake => {
  const { worker: db } = store;
  const { folders } = store.lists;
  const files = new ListUploadFiles(store.config.vaultFolder);
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let isAskedAgain = false;

  /** What was read, or failed, may be asked for again, and is then tried as often. */
  const set = (id: string, to: { state: string; result?: Read; failure?: object }) =>
    sql`update list_uploads set state = ${to.state}, touched_at = now(), progress = null,
      attempts = ${to.result === undefined && to.failure === undefined ? sql`attempts` : 0},
      result = ${to.result === undefined ? sql`result` : JSON.stringify(to.result)}::jsonb,
      failure = ${to.failure === undefined ? null : JSON.stringify(to.failure)}::jsonb
      where id = ${id}::uuid`.execute(db);

  /** Whether nobody has given it up. */
  const isThere = async (id: string): Promise<boolean> =>
    (await sql`select from list_uploads where id = ${id}::uuid`.execute(db)).rows.length > 0;

  const failed = async (id: string, raw: unknown): Promise<void> => {
    const error = diskError(raw, 'the vault of the server');
    const known = isRedthreadError(error) ? error : fail('INTERNAL', 'see the log of the server', { cause: error });
    if (known.code === 'INTERNAL')
      process.stderr.write(`note: list ${id}: ${raw instanceof Error ? raw.stack : String(raw)}\n`);
    await set(id, {
      state: 'failed',
      failure: { code: known.code, detail: known.detail, pointer: known.pointer ?? null },
    });
  };

  const read = async (row: Waiting): Promise<void> => {
    const { agencyId, id, ontoId, plan } = row;
    if (row.attempts >= MOST_ATTEMPTS) return failed(id, fail('LIST_READER_ENDED', saying`${row.attempts} times`));
    await sql`update list_uploads set state = 'reading', attempts = attempts + 1, progress = null, touched_at = now()
      where id = ${id}::uuid`.execute(db);
    let notedAt = 0;
    const note = (progress: Progress): void => {
      if (Date.now() - notedAt < NOTED_EVERY_MS) return;
      notedAt = Date.now();
      void sql`update list_uploads set progress = ${JSON.stringify(progress)}::jsonb, touched_at = now()
        where id = ${id}::uuid and state = 'reading'`
        .execute(db)
        .catch(() => undefined);
    };
    const givenUp = new AbortController();
    const looking = setInterval(() => {
      void isThere(id).then(
        (is) => is || givenUp.abort(),
        () => undefined,
      );
    }, LOOKED_EVERY_MS);
    try {
      if (!(await files.areWhole(id, row.files))) throw fail('UPLOAD_UNKNOWN', 'its bytes are gone');
      const result = await readInChild(
        {
          folder: folders.build(id).path,
          list: { id, agencyId, polarity: plan.polarity },
          onto: ontoId === null ? null : folders.of(ontoId).path,
          files: files.filesOf(
            id,
            row.files.map(({ name }) => name),
          ),
          format: plan.format === undefined ? null : requireFormat(plan.format),
          skipsBadLines: plan.skipsBadLines,
          isNotNist: plan.isNotNist,
        },
        note,
        AbortSignal.any([stopping.signal, givenUp.signal]),
      );
      requireAsSaid(row.package, result);
      folders.publish(id);
      await set(id, { state: 'read', result });
    } catch (error) {
      folders.remove(id);
      if (givenUp.signal.aborted) return;
      if (stopping.signal.aborted)
        await sql`update list_uploads set state = 'waiting', attempts = attempts - 1 where id = ${id}::uuid`.execute(
          db,
        );
      else if (error instanceof ReaderDied) await set(id, { state: 'waiting' });
      else await failed(id, error);
    } finally {
      clearInterval(looking);
    }
  };

  const count = async (row: Waiting): Promise<void> => {
    const { agencyId, id, plan, result } = row;
    try {
      if (result === null) throw fail('INTERNAL', 'nothing was read');
      const { counts, header, notes, sha256 } = result;
      if (folders.of(id).checksum().toString('hex') !== counts.checksum)
        throw fail('UPLOAD_UNKNOWN', 'what was read of it is gone: have it read again');
      const ctx: Context = {
        actor: { userId: row.userId, agencyId, login: row.login, roles: [] },
        purpose: row.purpose,
        requestId: row.requestId ?? 'intake',
      };
      await db.transaction().execute(async (trx) => {
        await countVersion(trx, store, ctx, {
          id,
          place: { operationId: row.operationId, ontoId: row.ontoId },
          input: describedIn(plan),
          gathered: {
            header,
            notes: { all: () => [...notes] },
            sha256: Buffer.from(sha256, 'hex'),
            counts: { ...counts, checksum: Buffer.from(counts.checksum, 'hex') },
          },
          sourceNames: row.files.map(({ name }) => name),
        });
        if (row.package !== null) await takeInPackage(trx, ctx, row.package, { id, entries: counts.entries });
        await sql`update list_uploads set state = 'counted', touched_at = now() where id = ${id}::uuid`.execute(trx);
      });
      await files.remove(id);
    } catch (error) {
      await failed(
        id,
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? fail('UPLOAD_UNKNOWN', 'what was read of it is gone: have it read again')
          : error,
      );
    }
  };

  const next = async (passed: ReadonlySet<string>): Promise<string | null> => {
    const { rows } = await sql<{
      id: string;
    }>`select id from list_uploads where state in ('waiting', 'reading', 'counting')
      and id <> all(${[...passed]}::uuid[]) order by touched_at, id limit 1`.execute(db);
    return rows[0]?.id ?? null;
  };

  const rowOf = async (id: string): Promise<Waiting | null> =>
    (
      await sql<Waiting>`select id, agency_id as "agencyId", user_id as "userId", login, plan, package, operation_id as "operationId", onto_id as "ontoId",
        files, state, attempts, result, purpose, request_id as "requestId" from list_uploads
        where id = ${id}::uuid and state in ('waiting', 'reading', 'counting')`.execute(db)
    ).rows[0] ?? null;

  const takeUp = async (): Promise<void> => {
    const passed = new Set<string>();
    do {
      isAskedAgain = false;
      for (let id = await next(passed); id !== null && !stopping.signal.aborted; id = await next(passed)) {
        const taken = id;
        const isOurs = await unlessMaking(store, taken, async () => {
          const row = await rowOf(taken);
          if (row !== null) await (row.state === 'counting' ? count(row) : read(row));
        });
        // Another server is at it.
        if (!isOurs) passed.add(taken);
      }
    } while (isAskedAgain);
    // Of uploads that were given up meanwhile.
    await db.connection().execute((session) => removeWhatIsLeft(session, folders));
  };

  const wake = (): void => {
    isAskedAgain = true;
    running ??= takeUp()
      .catch((error: unknown) => void process.stderr.write(`note: lists: ${String(error)}\n`))
      .finally(() => {
        running = null;
        // While what is left was cleared away nobody looked for what waits.
        if (isAskedAgain && !stopping.signal.aborted) wake();
      });
  };

  return {
    ask: () => {
      wake();
      return Promise.resolve(null);
    },
    tidy: async () => {
      await sql`delete from list_uploads where touched_at < now() - make_interval(hours => ${store.config.uploads.keepHours})
        and state not in ('reading', 'counting')`.execute(db);
      // Looked at before the rows: bytes of an upload that begins meanwhile are not among them.
      const there = await files.ids();
      const { rows } = await sql<{ id: string }>`select id from list_uploads where state <> 'counted'`.execute(db);
      const wanted = new Set(rows.map(({ id }) => id));
      for (const id of there) if (!wanted.has(id)) await files.remove(id);
      wake();
    },
    idle: async () => {
      while (running !== null) await running;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

/** Of a package: what was read is what its sender signed, also where it lay open since. Errors: PACKAGE_INVALID. */
const requireAsSaid = (opened: OpenedPackage | null, { counts, sha256 }: Read): void => {
  if (opened === null) return;
  const { content, counts: said } = opened.manifest;
  if (sha256 !== content.sha256)
    throw fail('PACKAGE_INVALID', 'what lies in the vault is not what its sender signed: send it again');
  if (counts.entries !== said.media)
    throw fail('PACKAGE_INVALID', saying`it says that it holds ${said.media} media, and holds ${counts.entries}`);
};
