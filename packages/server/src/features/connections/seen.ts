// Keeps what connects as long as it is asked for: one ranking for all who see the same, in memory, read as they see it and by nobody
// else. A read takes in what changed since the one before; PostgreSQL stays the only truth, and everything here can be read again.
import type { ConnectionEnds } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import type { IndexChange } from '@redthread/core/graph';
import { withContext, withTime, type AppDb, type Store, type Trx } from '../../store/index.js';
import { FirstReads, untilRead, type FirstRead, type Progress } from './first-read.js';
import { inSlices } from './in-slices.js';
import { isBefore } from './moment.js';
import { Ranking, type Ranked } from './ranking.js';
import { readChanges, readMatchesOf, readPlaced, readSight, withMembers, type Sight } from './sight.js';

/** What a medium takes in a ranking, with what links it. */
const BYTES_OF_MEDIA = 2_200;
/** Of the memory; the rest is for what is being read. */
const SHARE_KEPT = 0.6;
/** Of one that is read, at most. */
const MATCHES_OF_MEDIA = 8;
const REFUSED_FOR_MS = 300_000;
/** What a ranking counts for besides, so that the sights of those who see little do not add up without end. */
const MEDIA_OF_A_SIGHT = 100;
/** Changes are kept for a day: what was not looked at for this long is read again. */
const LONGEST_IDLE_MS = 12 * 3_600_000;
/** Where more than this share of the media changed, reading everything is quicker. */
const MOST_CHANGED_SHARE = 0.25;
const ALWAYS_FOLLOWED = 1_000;

interface Kept {
  readonly between: ConnectionEnds;
  /** Of the sight: its two rankings stay and go together. */
  readonly sight: string;
  ranking: Ranking | null;
  /** There is nothing that could be followed. */
  isToBeRead: boolean;
  /** While all of it is read. */
  reading: FirstRead | null;
  /** Up to when changes are taken in. */
  moment: string;
  usedAt: number;
  /** Reads of it come one after the other; so many have not ended. */
  inLine: number;
  turn: Promise<void>;
}

/** Does something in a transaction of whoever asks, with the sight that they have in it; `first`: once what has to be asked before was asked. */
type Reads = <T>(work: (trx: Trx, sight: Sight) => T | Promise<T>, first?: 'first') => Promise<T>;

export interface Keeping {
  /** How long somebody waits for what is being read for the first time. */
  readonly patienceMs: number;
  /** Media in all rankings together. */
  readonly mostMedia: number;
}

export const mediaHeldIn = (memoryMb: number): number => Math.floor((memoryMb * 2 ** 20 * SHARE_KEPT) / BYTES_OF_MEDIA);

class SeenConnections {
  readonly #kept = new Map<string, Kept>();
  readonly #firstReads = new FirstReads();
  readonly #keeping: Keeping;
  /** How often all of a sight was read. */
  readsBegun = 0;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** All that connects for whoever reads. Whoever has to wait holds no transaction meanwhile: the first read may take long, and they are few. */
  async ranked(between: ConnectionEnds, reads: Reads): Promise<readonly Ranked[]> {
    const { kept, ranked } = await reads(async (trx, { key, moment }) => {
      const kept = this.#keptFor(between, key);
      const isHere = kept.inLine === 0 && kept.ranking !== null;
      return { kept, ranked: isHere ? await inTurn(kept, () => this.#followed(trx, kept, moment)) : null };
    }, 'first');
    if (ranked !== null) return ranked;
    if (kept.isToBeRead) await untilRead((kept.reading ??= this.#beginReading(kept, reads)), this.#keeping.patienceMs);
    const later = await inTurn(kept, () =>
      reads((trx, now) => (now.key === kept.sight ? this.#followed(trx, kept, now.moment) : null)),
    );
    // What they see has changed while they waited, or so much of it that all is to be read again.
    return later ?? this.ranked(between, reads);
  }

  /** The last one used comes last. */
  #keptFor(between: ConnectionEnds, sight: string): Kept {
    const key = `${between} ${sight}`;
    const kept = this.#kept.get(key) ?? {
      between,
      sight,
      ranking: null,
      isToBeRead: true,
      reading: null,
      moment: '',
      usedAt: 0,
      inLine: 0,
      turn: Promise.resolve(),
    };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }

  /** With all that changed taken in; null where all is to be read again. */
  async #followed(trx: Trx, kept: Kept, moment: string): Promise<readonly Ranked[] | null> {
    const { ranking, usedAt } = kept;
    if (ranking === null) return null;
    // One that began before what is taken in already sees nothing that this lacks, and must take nothing of it back.
    if (isBefore(moment, kept.moment)) return ranking.inOrder;
    kept.ranking = null;
    const isIdle = Date.now() - usedAt >= LONGEST_IDLE_MS;
    let isFollowed = false;
    try {
      isFollowed = !isIdle && (await follow(trx, kept.between, ranking, kept.moment));
    } finally {
      kept.isToBeRead = !isFollowed;
    }
    if (!isFollowed) return null;
    this.#keep(kept, ranking, moment);
    return ranking.inOrder;
  }

  /** Goes on for whoever asks later, also where nobody waits for it any more. */
  #beginReading(kept: Kept, reads: Reads): FirstRead {
    this.readsBegun += 1;
    const reading = this.#firstReads.begin(async (progress) => {
      this.#makeRoom(kept.sight);
      const read = await reads(async (trx, { key, moment }) =>
        key === kept.sight ? { moment, ...(await readAll(trx, kept.between, this.#mostOfOne, progress)) } : null,
      );
      if (read === null) return;
      const ranking = new Ranking();
      await inSlices(ranking.updating({ changed: [], ...read }));
      this.#keep(kept, ranking, read.moment);
    });
    const end = (): void => {
      kept.reading = null;
    };
    reading.ended.then(end, (error: unknown) => {
      // It would be the same again, and takes long to find out.
      if (isRedthreadError(error) && error.code === 'CONNECTIONS_TOO_MANY') setTimeout(end, REFUSED_FOR_MS).unref();
      else end();
    });
    return reading;
  }

  #keep(kept: Kept, ranking: Ranking, moment: string): void {
    Object.assign(kept, { ranking, isToBeRead: false, moment, usedAt: Date.now() });
    this.#makeRoom(kept.sight);
  }

  /** Both rankings of a sight find room: none of the two drives the other out. */
  get #mostOfOne(): number {
    return Math.floor(this.#keeping.mostMedia / 2);
  }

  /** Those of the sight that was used last stay; one that would be read again anyway goes. */
  #makeRoom(sight: string): void {
    const all = [...this.#kept].reverse();
    let sum = all.reduce((media, [, kept]) => media + (kept.sight === sight ? sizeOf(kept) : 0), 0);
    for (const [key, kept] of all) {
      if (kept.sight === sight || kept.reading !== null) continue;
      const isIdle = kept.ranking !== null && Date.now() - kept.usedAt >= LONGEST_IDLE_MS;
      if (isIdle || sum + sizeOf(kept) > this.#keeping.mostMedia) this.#kept.delete(key);
      else sum += sizeOf(kept);
    }
  }
}

const sizeOf = ({ ranking }: Kept): number => MEDIA_OF_A_SIGHT + (ranking?.size ?? 0);

const tooMany = (most: number): Error =>
  fail(
    'CONNECTIONS_TOO_MANY',
    saying`more than ${most.toLocaleString('en')} different files, or their matches, find no room`,
  );

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

const readAll = async (
  trx: Trx,
  between: ConnectionEnds,
  most: number,
  progress: Progress,
): Promise<Pick<IndexChange, 'media' | 'matches'>> => {
  await withTime(trx);
  const media = await readPlaced(trx, between, null, most + 1);
  if (media.length > most) throw tooMany(most);
  progress.media = media.length;
  const matches = await readMatchesOf(trx, null, most * MATCHES_OF_MEDIA + 1);
  if (matches.length > most * MATCHES_OF_MEDIA) throw tooMany(most);
  progress.matches = matches.length;
  return { media, matches };
};

/** Takes in what changed. False where all is to be read again. */
const follow = async (trx: Trx, between: ConnectionEnds, ranking: Ranking, since: string): Promise<boolean> => {
  const { changed, isAll } = await readChanges(trx, since);
  if (isAll || changed.size > Math.max(ALWAYS_FOLLOWED, ranking.size * MOST_CHANGED_SHARE)) return false;
  if (changed.size === 0) return true;
  const ids = await withMembers(trx, changed);
  const [media, matches] = [await readPlaced(trx, between, ids), await readMatchesOf(trx, ids)];
  await inSlices(ranking.updating({ changed: ids, media, matches }));
  return true;
};

const ofStores = new WeakMap<AppDb, SeenConnections>();

/** Before anything is asked: by default whoever asks waits until all is read, as on a terminal. */
export const keepConnections = ({ app, config }: Store, keeping: Partial<Keeping> = {}): SeenConnections => {
  const seen = new SeenConnections({
    patienceMs: Infinity,
    mostMedia: mediaHeldIn(config.connectionsMemoryMb),
    ...keeping,
  });
  ofStores.set(app, seen);
  return seen;
};

/**
 * What connects for an actor. Whatever is told of it is to be read in a transaction that begins afterwards: that sees all which this
 * rests on. `first`: what has to be asked before anything is read. Errors: CONNECTIONS_BEING_READ, CONNECTIONS_TOO_MANY.
 */
export const rankedFor = (
  store: Store,
  ctx: Context,
  between: ConnectionEnds,
  first: (trx: Trx) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly Ranked[]> => {
  const seen = ofStores.get(store.app) ?? keepConnections(store);
  return seen.ranked(between, (work, which) =>
    withContext(
      store.app,
      ctx,
      async (trx) => {
        if (which === 'first') await first(trx);
        return work(trx, await readSight(trx));
      },
      { access: 'read only' },
    ),
  );
};
