// What the tests of the sealed record share: a store whose events are written by its own roles and sealed when the test says so,
// and a hand that may change anything behind the back of everybody.
import { join } from 'node:path';
import { sql, type Kysely, type Transaction } from 'kysely';
import { Kysely as KyselyDatabase, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { AuditEvent } from '../../packages/core/src/audit/index.js';
import type { Context } from '../../packages/core/src/domain/index.js';
import { addressOf } from '../../packages/server/src/store/connection.js';
import { readCredential } from '../../packages/server/src/store/credentials.js';
import { clusterExists, joinEmbedded, type EmbeddedDatabase } from '../../packages/server/src/store/embedded/index.js';
import { audit, withContext, type Database, type Store } from '../../packages/server/src/store/index.js';
import { verifyRecord, type RecordVerified } from '../../packages/server/src/features/verify/record/verify-record.js';
import { sealWhatWaits } from '../../packages/server/src/sealer/index.js';
import { contextOfPerson } from './api-fixture.js';
import { ApiWorld, type Person } from './api-world.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

export interface RecordWorld {
  readonly folder: string;
  readonly data: string;
  readonly store: Store<'app' | 'owner' | 'worker' | 'sealer'>;
  readonly world: ApiWorld;
  /** As a superuser, whom no policy, grant or trigger stops. */
  readonly hand: Kysely<Database>;
  /** Writes an event of a person, as a service does. */
  write(person: Person, event: AuditEvent, purpose?: string | null): Promise<void>;
  seal(): Promise<number | null>;
  /** With the anchors that are configured, or without any. */
  verify(db?: Kysely<Database> | Transaction<Database>, anchors?: 'configured' | 'none'): Promise<RecordVerified>;
  close(): Promise<void>;
}

const superuser = async (data: string, embedded: EmbeddedDatabase): Promise<Kysely<Database>> => {
  const password = (await readCredential(data, 'superuser'))?.reveal() ?? '';
  const pool = new pg.Pool({
    ...addressOf(embedded.address),
    user: 'postgres',
    database: 'redthread',
    password,
    max: 2,
    options: '-c timezone=UTC',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === 20 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) as never,
    },
  });
  pool.on('error', () => undefined);
  return new KyselyDatabase<Database>({ dialect: new PostgresDialect({ pool }) });
};

export const openRecordWorld = async (env: Readonly<Record<string, string>> = {}): Promise<RecordWorld> => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const store = await openNewStore(data, ['app', 'owner', 'worker', 'sealer'], env);
  if (!clusterExists(data)) throw new Error('the tests of the record use the embedded database');
  const embedded = await joinEmbedded(data);
  const hand = await superuser(data, embedded);
  let names: readonly { readonly id: string; readonly name: string }[] | null = null;
  return {
    folder: folder.path,
    data,
    store,
    world: new ApiWorld(store),
    hand,
    write: (person, event, purpose = null) => {
      const ctx: Context = { ...contextOfPerson(person), purpose };
      return withContext(store.app, ctx, (trx) => audit(trx, ctx, event));
    },
    seal: () => sealWhatWaits(store),
    verify: async (db = store.sealer, anchors = 'configured') => {
      names ??= await store.owner.selectFrom('agencies').select(['id', 'name']).execute();
      return verifyRecord(db, {
        keys: store.keys,
        anchors: anchors === 'none' ? null : store.config.anchors,
        agencies: new Map(names.map(({ id, name }) => [id, name])),
      });
    },
    close: async () => {
      await hand.destroy();
      await embedded.leave();
      await store.close();
      folder.remove();
    },
  };
};

export const countOf = async (db: Kysely<Database>, table: keyof Database): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db);
  return rows[0]?.n ?? -1;
};
