// Follows the change feed: gives each change to what it keeps true, in order, and remembers how far it came. The same change
// may be given again (after a restart, or once it is settled), so that whoever takes it must look the truth up, not count.
import type { Kysely } from 'kysely';
import type { Database } from '../../store/index.js';
import {
  earlyChanges,
  feedLag,
  settledChanges,
  type DatabaseMoment,
  type EarlyChanges,
  type FeedLag,
  type FeedPosition,
  type IndexChange,
} from './changes.js';

/** What a feed keeps true. */
export interface FeedTarget {
  /** Makes the contents that are named be as the database has them now. */
  apply(changes: readonly IndexChange[]): Promise<void>;
}

const PAGE_CHANGES = 5_000;
/** Beyond so many changes that wait for one old transaction, they are given twice rather than remembered. */
const MOST_REMEMBERED = 1_000_000;

export class FeedFollower {
  readonly #db: Kysely<Database>;
  readonly #target: FeedTarget;
  readonly #pageChanges: number;
  #position: FeedPosition;
  #moment: DatabaseMoment | null = null;
  /** Ids of changes that were given before they were settled. */
  #early = new Set<number>();
  /** When the last step began that gave all there was; never, as long as there was none. */
  #foundAllAt = Number.NEGATIVE_INFINITY;
  /** One step after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: Kysely<Database>, target: FeedTarget, position: FeedPosition, pageChanges = PAGE_CHANGES) {
    this.#db = db;
    this.#target = target;
    this.#position = position;
    this.#pageChanges = pageChanges;
  }

  /** From here on the feed has to be read again after a restart. */
  get position(): FeedPosition {
    return this.#position;
  }

  /**
   * Gives everything that was committed when this was called, and answers how much that was. A change of a transaction that
   * overtook an older one is given now; the position stays before it until the older one has ended.
   */
  step(): Promise<number> {
    const step = this.#last.then(() => this.#step());
    this.#last = step.catch(() => undefined);
    return step;
  }

  async #step(): Promise<number> {
    const startedAt = performance.now();
    try {
      const given = (await this.#giveSettled()) + (await this.#giveEarly());
      this.#foundAllAt = startedAt;
      return given;
    } catch (error) {
      // The database may have crashed: what it said of transactions that were under way holds no longer.
      this.#moment = null;
      throw error;
    }
  }

  async #giveSettled(): Promise<number> {
    for (let given = 0; ;) {
      const page = await settledChanges(this.#db, this.#position, this.#pageChanges);
      const news = page.filter(({ id }) => !this.#early.has(id));
      await this.#give(news);
      given += news.length;
      for (const { id } of page) this.#early.delete(id);
      const last = page.at(-1);
      if (last !== undefined) this.#position = { xid: last.xid, id: last.id };
      if (page.length < this.#pageChanges) return given;
    }
  }

  async #giveEarly(): Promise<number> {
    const [seen, limit] = [this.#moment, this.#pageChanges];
    let moment: DatabaseMoment | null = null;
    let after = this.#position;
    for (let given = 0; ;) {
      const page: EarlyChanges = await earlyChanges(this.#db, { after, seen, moment, limit });
      moment = page.moment;
      const news = page.changes.filter(({ id }) => !this.#early.has(id));
      await this.#give(news);
      given += news.length;
      for (const { id } of news) this.#early.add(id);
      const last = page.changes.at(-1);
      if (last !== undefined) after = { xid: last.xid, id: last.id };
      if (page.changes.length < limit) {
        if (this.#early.size > MOST_REMEMBERED) this.#early = new Set();
        this.#moment = moment;
        return given;
      }
    }
  }

  /**
   * A change tells when it was written, and nobody tells when it was committed: not before the last step that found everything began, or that
   * step would have found it.
   */
  async lag(): Promise<FeedLag> {
    const { lagSeconds, lagRows } = await feedLag(this.#db, this.#position, this.#moment);
    return { lagSeconds: Math.min(lagSeconds, (performance.now() - this.#foundAllAt) / 1_000), lagRows };
  }

  async #give(changes: readonly IndexChange[]): Promise<void> {
    if (changes.length > 0) await this.#target.apply(changes);
  }
}
