// Public door of the embedded PostgreSQL: join the one of a data folder, starting it when nobody has. Any number of
// processes may join; each may be killed -9 at any time; PostgreSQL itself may be killed, and a member starts it again.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reachableBinaries } from './binaries.js';
import { clusterExists, clusterPaths, ensureCluster, openPath, type ClusterPaths } from './cluster.js';
import { databaseUser, type DatabaseUser } from './database-user.js';
import { addMember, livingMembers, removeMember } from './members.js';
import { findPostmaster, settle, startPostmaster, stopPostmaster, type Postmaster } from './postmaster.js';
import { isAlive } from './process-identity.js';
import { chooseAddress, type Address } from './settings.js';
import { takeTurn } from './turn.js';

export { clusterExists } from './cluster.js';
export type { Address } from './settings.js';

export interface EmbeddedDatabase {
  readonly address: Address;
  /** Process id of the postmaster that is running now. */
  pid(): number;
  /** Leaves; the last member to leave stops PostgreSQL. */
  leave(): Promise<void>;
}

const WATCH_INTERVAL_MS = 500;

/** Errors: DB_PATH_UNREACHABLE, DISK_FULL, DB_START_FAILED with the last lines of postgres.log. */
export const joinEmbedded = async (dataFolder: string, osUser: string | null = null): Promise<EmbeddedDatabase> => {
  const paths = clusterPaths(dataFolder);
  const user = databaseUser(paths.cluster, osUser);
  await openPath(paths, user);
  let running = await takeTurn(paths.turn, () => findOrStart(paths, user, null));
  const { address } = running;
  const name = running.member;

  let restarting: Promise<void> | null = null;
  const restart = async (): Promise<void> => {
    running = { ...(await takeTurn(paths.turn, () => findOrStart(paths, user, address, name))) };
  };
  const watch = setInterval(() => {
    if (restarting !== null || isAlive(running.postmaster.identity)) return;
    // A folder that was unmounted or removed must come back, and not be begun anew as an empty store.
    if (!clusterExists(dataFolder)) return;
    // A failed start is in postgres.log, and is tried again at the next look.
    restarting = restart()
      .catch(() => undefined)
      .finally(() => void (restarting = null));
  }, WATCH_INTERVAL_MS);
  watch.unref();

  const leave = async (): Promise<void> => {
    clearInterval(watch);
    await restarting;
    await takeTurn(paths.turn, async () => {
      await removeMember(paths.members, name);
      if ((await livingMembers(paths.members)) > 0) return;
      const last = findPostmaster(paths.cluster);
      if (last !== null) await stopPostmaster(last);
    });
  };
  let leaving: Promise<void> | null = null;
  return { address, pid: () => running.postmaster.pid, leave: () => (leaving ??= leave()) };
};

interface Membership {
  readonly postmaster: Postmaster;
  readonly address: Address;
  readonly member: string;
}

/** Inside a turn: nobody else starts, joins or stops meanwhile. */
const findOrStart = async (
  paths: ClusterPaths,
  user: DatabaseUser,
  knownAddress: Address | null,
  knownMember: string | null = null,
): Promise<Membership> => {
  let postmaster = await settle(paths.cluster);
  if (postmaster !== null && (await livingMembers(paths.members)) === 0) {
    // An orphan of a killed process: adopted, unless it runs other programs than ours (an update in between).
    const { postgres } = await reachableBinaries(paths.data, user);
    if (postmaster.program !== null && postmaster.program !== postgres) {
      await stopPostmaster(postmaster);
      postmaster = null;
    }
  }
  if (postmaster === null) {
    const binaries = await reachableBinaries(paths.data, user);
    await ensureCluster(paths, binaries, user);
    // No living postmaster has written this file: a pid that is in use again would keep PostgreSQL from starting.
    await rm(join(paths.cluster, 'postmaster.pid'), { force: true });
    const address = knownAddress ?? (await chooseAddress(paths.socket));
    postmaster = await startPostmaster({ cluster: paths.cluster, address, binaries, user, logPath: paths.log });
  }
  const member = knownMember ?? (await addMember(paths.members));
  return { postmaster, address: postmaster.address, member };
};
