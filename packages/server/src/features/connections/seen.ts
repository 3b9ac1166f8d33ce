// Keeps what connects as long as it is asked for: one ranking for all who see the same, in memory, read as they see it and by nobody
// else. A read takes in what changed since the one before; PostgreSQL stays the only truth, and everything here can be read again.
import type { ConnectionEnds } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type AppDb, type Store, type Trx } from '../../store/index.js';
import { isBefore } from './moment.js';
import { Ranking, type Ranked } from './ranking.js';
import { readChanges, readMatchesOf, readPlaced, readSight, withMembers, type Sight } from './sight.js';

/** Media in all rankings together, about two kilobytes each with what links them. */
const MOST_MEDIA = 500_000;
/** What a ranking counts for besides, so that the sights of those who see little do not add up without end. */
const MEDIA_OF_A_SIGHT = 100;
/** Changes are kept for a day: what was not looked at for this long is read again. */
const LONGEST_IDLE_MS = 12 * 3_600_000;
/** Where more than this share of the media changed, reading everything is quicker. */
const MOST_CHANGED_SHARE = 0.25;
const ALWAYS_FOLLOWED = 1_000;

interface Kept {
  ranking: Ranking | null;
  /** Up to when changes are taken in. */
  moment: string;
  usedAt: number;
  /** Reads of it come one after the other; so many have not ended. */
  inLine: number;
  turn: Promise<void>;
}

/** Does something in a transaction of whoever asks, with the sight that they have in it. */
type Reads = <T>(work: (trx: Trx, sight: Sight) => T | Promise<T>) => Promise<T>;

class SeenConnections {
  readonly #kept = new Map<string, Kept>();

  /** All that connects for whoever reads. Whoever has to wait holds no transaction meanwhile: the first read may take long, and they are few. */
  async ranked(between: ConnectionEnds, reads: Reads): Promise<readonly Ranked[]> {
    const upToDate = (trx: Trx, kept: Kept, { moment }: Sight): Promise<readonly Ranked[]> =>
      this.#upToDate(trx, between, kept, moment);
    const { kept, sight, ranked } = await reads(async (trx, sight) => {
      const kept = this.#keptFor(`${between} ${sight.key}`);
      return { kept, sight, ranked: kept.inLine > 0 ? null : await inTurn(kept, () => upToDate(trx, kept, sight)) };
    });
    if (ranked !== null) return ranked;
    const later = await inTurn(kept, () =>
      reads((trx, now) => (now.key === sight.key ? upToDate(trx, kept, now) : null)),
    );
    // What they see has changed while they waited.
    return later ?? this.ranked(between, reads);
  }

  /** The last one used comes last. */
  #keptFor(key: string): Kept {
    const kept = this.#kept.get(key) ?? { ranking: null, moment: '', usedAt: 0, inLine: 0, turn: Promise.resolve() };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }

  async #upToDate(trx: Trx, between: ConnectionEnds, kept: Kept, moment: string): Promise<readonly Ranked[]> {
    const { ranking, usedAt } = kept;
    // One that began before what is taken in already sees nothing that this lacks, and must take nothing of it back.
    if (ranking !== null && isBefore(moment, kept.moment)) return ranking.inOrder;
    kept.ranking = null;
    const isFollowed =
      ranking !== null && Date.now() - usedAt < LONGEST_IDLE_MS && (await follow(trx, between, ranking, kept.moment));
    kept.ranking = isFollowed ? ranking : await readAll(trx, between);
    kept.moment = moment;
    kept.usedAt = Date.now();
    this.#makeRoom();
    return kept.ranking.inOrder;
  }

  /** The one that was used last stays, however large it is; one that would be read again anyway goes. */
  #makeRoom(): void {
    let sum = 0;
    for (const [key, { ranking, usedAt }] of [...this.#kept].reverse()) {
      const size = MEDIA_OF_A_SIGHT + (ranking?.size ?? 0);
      const isIdle = ranking !== null && Date.now() - usedAt >= LONGEST_IDLE_MS;
      if (isIdle || (sum > 0 && sum + size > MOST_MEDIA)) this.#kept.delete(key);
      else sum += size;
    }
  }
}

const inTurn = <T>(kept: Kept, work: () => Promise<T>): Promise<T> => {
  kept.inLine += 1;
  const answer = kept.turn.then(work).finally(() => {
    kept.inLine -= 1;
  });
  kept.turn = answer.then(
    () => undefined,
    () => undefined,
  );
  return answer;
};

/** Takes in what changed. False where all is to be read again. */
const follow = async (trx: Trx, between: ConnectionEnds, ranking: Ranking, since: string): Promise<boolean> => {
  const { changed, isAll } = await readChanges(trx, since);
  if (isAll || changed.size > Math.max(ALWAYS_FOLLOWED, ranking.size * MOST_CHANGED_SHARE)) return false;
  if (changed.size === 0) return true;
  const ids = await withMembers(trx, changed);
  ranking.update({ changed: ids, media: await readPlaced(trx, between, ids), matches: await readMatchesOf(trx, ids) });
  return true;
};

const readAll = async (trx: Trx, between: ConnectionEnds): Promise<Ranking> => {
  const ranking = new Ranking();
  ranking.update({ changed: [], media: await readPlaced(trx, between, null), matches: await readMatchesOf(trx, null) });
  return ranking;
};

const ofStores = new WeakMap<AppDb, SeenConnections>();

/**
 * What connects for an actor. Whatever is told of it is to be read in a transaction that begins afterwards: that sees all which this
 * rests on. `first`: what has to be asked before anything is read.
 */
export const rankedFor = (
  { app }: Store,
  ctx: Context,
  between: ConnectionEnds,
  first: (trx: Trx) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly Ranked[]> => {
  const seen = ofStores.get(app) ?? new SeenConnections();
  ofStores.set(app, seen);
  return seen.ranked(between, (work) =>
    withContext(
      app,
      ctx,
      async (trx) => {
        await first(trx);
        return work(trx, await readSight(trx));
      },
      { access: 'read only' },
    ),
  );
};
