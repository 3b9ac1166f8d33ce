// One batch of matching: leased, compared, written and ended in one transaction. Whatever the order in which media come,
// and however often a batch is begun again, each pair is found when the later of its two media is matched.
import { sql, type Kysely, type Transaction } from 'kysely';
import { completeWork, leaseWork, type Lease } from '../features/work/index.js';
import type { Database } from '../store/index.js';
import { findPairs } from './find-pairs.js';
import type { MatchIndex } from './match-index.js';
import { insertMatches, rowsOfIdentical, rowsOfPairs } from './match-rows.js';
import { mediaOfContents } from './media-of-contents.js';
import { restackMedia } from './stack-rows.js';

/** Parts take long to compare, where much is of one room: pictures that came meanwhile, to be compared as a whole, wait for no more. */
const BATCH = { match: 128, parts: 4 } as const;

/** `match`: whole pictures by bytes and hashes. `parts`: by local features, what hashes propose and do not confirm, and what the index of words proposes. */
export type MatchStage = 'match' | 'parts';

/** Answers how many media were matched. */
export const matchBatch = async (
  db: Kysely<Database>,
  index: MatchIndex,
  processId: string,
  stage: MatchStage,
): Promise<number> => {
  const leases = await leaseWork(db, { stage, processId, limit: BATCH[stage] });
  if (leases.length > 0) await db.transaction().execute((trx) => matchLeased(trx, index, stage, leases));
  return leases.length;
};

const matchLeased = async (
  trx: Transaction<Database>,
  index: MatchIndex,
  stage: MatchStage,
  leases: readonly Lease[],
): Promise<void> => {
  const newIds = leases.map(({ mediaId }) => mediaId);
  const isNew = (mediaId: string): boolean => newSet.has(mediaId);
  const newSet = new Set(newIds);
  const contents = await contentsOf(trx, newIds);
  const pairs = await findPairs(
    trx,
    index,
    stage,
    contents.map(({ contentId }) => contentId),
  );
  const involved = new Set([
    ...contents.map(({ contentId }) => contentId),
    ...pairs.flatMap(({ a, b }) => [a.contentId, b.contentId]),
  ]);
  const media = await mediaOfContents(trx, stage, [...involved], newIds);
  const rows = [
    ...rowsOfPairs(pairs, media, isNew),
    ...(stage === 'match' ? rowsOfIdentical(contents, media, isNew) : []),
  ];
  await insertMatches(trx, rows);

  const touched = new Map<string, Set<string>>();
  for (const { a, b, grade } of rows) {
    if (grade !== 'same content' || a.agencyId !== b.agencyId) continue;
    touched.set(a.agencyId, (touched.get(a.agencyId) ?? new Set()).add(a.mediaId).add(b.mediaId));
  }
  for (const [agencyId, mediaIds] of touched) await restackMedia(trx, agencyId, [...mediaIds]);
  await completeWork(
    trx,
    leases.map(({ workId }) => workId),
  );
};

interface LeasedContent {
  readonly contentId: number;
  readonly sha256: string;
}

const contentsOf = async (trx: Transaction<Database>, mediaIds: readonly string[]): Promise<LeasedContent[]> => {
  const { rows } = await sql<LeasedContent>`
    select distinct content_id as "contentId", encode(sha256, 'hex') as sha256
    from media where id = any(${[...mediaIds]}::uuid[]) order by 1`.execute(trx);
  return rows;
};
