// Keeps what connects as long as it is asked for: one ranking for all who see the same, in memory, read as they see it and by nobody
// else. A read takes in what changed since the one before; PostgreSQL stays the only truth, and everything here can be read again.
import type { ConnectionEnds } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type AppDb, type Store, type Trx } from '../../store/index.js';
import { Ranking, type Ranked } from './ranking.js';
import { readChanges, readMatchesOf, readPlaced, readSight, withMembers } from './sight.js';

/** Media in all rankings together, about two kilobytes each with what links them. */
const MOST_MEDIA = 500_000;
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
  /** One after the other. */
  turn: Promise<void>;
}

class SeenConnections {
  readonly #kept = new Map<string, Kept>();

  /** All that connects for whoever this transaction acts for. */
  async ranked(trx: Trx, between: ConnectionEnds): Promise<readonly Ranked[]> {
    const sight = await readSight(trx);
    const key = `${between} ${sight.key}`;
    const kept = this.#kept.get(key) ?? { ranking: null, moment: '', usedAt: 0, turn: Promise.resolve() };
    // The last one used comes last.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const before = kept.turn;
    const answer = before.then(() => this.#upToDate(trx, between, kept, sight.moment));
    kept.turn = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  }

  async #upToDate(trx: Trx, between: ConnectionEnds, kept: Kept, moment: string): Promise<readonly Ranked[]> {
    const { ranking, usedAt } = kept;
    kept.ranking = null;
    const isFollowed =
      ranking !== null && Date.now() - usedAt < LONGEST_IDLE_MS && (await follow(trx, between, ranking, kept.moment));
    kept.ranking = isFollowed ? ranking : await readAll(trx, between);
    // A moment before one that was taken in already has some of it read again, and loses nothing.
    kept.moment = moment;
    kept.usedAt = Date.now();
    this.#makeRoom();
    return kept.ranking.inOrder;
  }

  /** The one that was used last stays, however large it is. */
  #makeRoom(): void {
    let sum = 0;
    for (const [key, { ranking }] of [...this.#kept].reverse()) {
      if (sum > 0 && sum + (ranking?.size ?? 0) > MOST_MEDIA) this.#kept.delete(key);
      else sum += ranking?.size ?? 0;
    }
  }
}

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
  return withContext(
    app,
    ctx,
    async (trx) => {
      await first(trx);
      return seen.ranked(trx, between);
    },
    { access: 'read only' },
  );
};
