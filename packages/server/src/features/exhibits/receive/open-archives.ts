// Archives that a sender could not open itself (a browser) are walked here once it has sent its last file: each from its
// sealed bytes, by the same walk and the same pipeline as an ingest on this machine.
import { sql } from 'kysely';
import { throughRestarts } from '../../../app/through-restarts.js';
import { isWalkable, walkArchive } from '../../../media/walk/index.js';
import type { Store } from '../../../store/index.js';
import { HashPool } from '../ingest/hash-pool.js';
import { localEnd } from '../ingest/local-end.js';
import { Pipeline } from '../ingest/pipeline.js';
import { runWalk } from '../ingest/run.js';
import { sealedAccess } from '../ingest/sealed-access.js';
import type { IngestTarget } from '../ingest/target.js';
import { ingestStoreOf, walkLimits } from '../ingest/walk-exhibit.js';

interface StoredArchive {
  readonly path: string;
  readonly mediaId: string;
  readonly sha256: Buffer;
  readonly mime: string;
  readonly providerViewed: boolean | null;
}

/** Run again after an interruption, it goes on. Errors: DISK_FULL, DB_UNREACHABLE, VAULT_CORRUPT. */
export const openArchives = async (
  store: Store<'worker'>,
  target: IngestTarget,
  stopping: AbortSignal,
): Promise<boolean> => {
  const archives = (await outermost(store, target)).filter(({ mime }) => isWalkable(mime));
  if (archives.length === 0) return true;
  const { config } = store;
  const ingestStore = await ingestStoreOf(store, target);
  const pool = new HashPool(config.hashThreads, { vaultFolder: config.vaultFolder });
  try {
    const end = localEnd(ingestStore, target);
    for (const archive of archives) {
      const access = await sealedAccess(ingestStore, archive);
      const place = { path: archive.path, container: null };
      const entries = walkArchive(access, place, { limits: walkLimits(config) });
      const pipeline = new Pipeline(end, pool, config.hashThreads, true);
      const before = {
        prefix: `${archive.path}/`,
        entries: async function* () {
          if (archive.mime === 'application/zip') yield* walkArchive(await sealedAccess(ingestStore, archive), place);
        },
      };
      const viewing = (): boolean | null => archive.providerViewed;
      if (!(await runWalk({ end, pipeline, entries, before, isResumed: true, viewing, stopping }))) return false;
    }
    return true;
  } finally {
    await pool.stop();
  }
};

const outermost = async ({ worker }: Store<'worker'>, { exhibitId }: IngestTarget): Promise<StoredArchive[]> => {
  const { rows } = await throughRestarts(() =>
    sql<StoredArchive>`
      select o.path, m.id as "mediaId", m.sha256, m.mime, o.provider_viewed as "providerViewed" from occurrences o join media m on m.id = o.media_id
      where o.exhibit_id = ${exhibitId}::uuid and o.container is null
        and not media_closed(m.id) order by o.path`.execute(worker),
  );
  return rows;
};
