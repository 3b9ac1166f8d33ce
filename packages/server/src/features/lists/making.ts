// Making the files of a version: its id is held by a lock of the database while they are of no row yet, so that what a kill leaves is told from what
// somebody is at, and taken away by whoever makes the next one.
import { sql, type Kysely } from 'kysely';
import type { Database, Store } from '../../store/index.js';
import type { VersionFolders } from '../../lists/index.js';

const lockOf = (id: string) => sql`hashtextextended(${`redthread list ${id}`}, 0)`;

const tryLock = async (session: Kysely<Database>, id: string): Promise<boolean> => {
  const { rows } = await sql<{ is: boolean }>`select pg_try_advisory_lock(${lockOf(id)}) as is`.execute(session);
  return rows[0]?.is === true;
};

const unlock = (session: Kysely<Database>, id: string) =>
  sql`select pg_advisory_unlock(${lockOf(id)})`.execute(session);

/** Takes the files away where `make` fails; first those of imports that were killed. */
export const whileMaking = (
  { lists: { folders }, worker }: Store<'worker'>,
  id: string,
  make: () => Promise<void>,
): Promise<void> =>
  worker.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${lockOf(id)})`.execute(session);
    try {
      await removeWhatIsLeft(session, folders);
      await make();
    } catch (error) {
      // A database that does not answer now may have the row: the next import looks again.
      await removeIfLeft(session, folders, id).catch(() => undefined);
      throw error;
    } finally {
      await unlock(session, id);
    }
  });

/** False, and nothing done, where somebody else is at it. */
export const unlessMaking = (
  { worker }: Pick<Store<'worker'>, 'worker'>,
  id: string,
  work: () => Promise<void>,
): Promise<boolean> =>
  worker.connection().execute(async (session) => {
    if (!(await tryLock(session, id))) return false;
    try {
      await work();
      return true;
    } finally {
      await unlock(session, id);
    }
  });

export const removeWhatIsLeft = async (session: Kysely<Database>, folders: VersionFolders): Promise<void> => {
  for (const left of folders.ids()) await removeIfLeft(session, folders, left);
};

/** Of no row, and made by nobody: whoever makes one holds its lock until its row is there. */
const removeIfLeft = async (session: Kysely<Database>, folders: VersionFolders, id: string): Promise<void> => {
  if (!(await tryLock(session, id))) return;
  try {
    // Asked once the lock is ours: before that the row may be on its way. What was read and waits for a person's word is of a row too.
    const { rows } = await sql`select from lists where id = ${id}::uuid union all
      select from list_uploads where id = ${id}::uuid and state in ('read', 'counting')`.execute(session);
    if (rows.length === 0) folders.remove(id);
  } finally {
    await unlock(session, id);
  }
};
