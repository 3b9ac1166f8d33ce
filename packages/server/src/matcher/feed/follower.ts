// Follows the change feed: gives each change to what it keeps true, in order, and remembers how far it came. The same change
// may be given again (after a restart, or once it is settled), so that whoever takes it must look the truth up, not count.
import type { Kysely } from 'kysely';
import type { Database } from '../../store/index.js';
import {
  earlyChanges,
  feedLag,
  settledChanges,
  type DatabaseMoment,
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
  async step(): Promise<number> {
    let given = 0;
    for (;;) {
      const page = await settledChanges(this.#db, this.#position, this.#pageChanges);
      given += await this.#give(page.filter(({ id }) => !this.#early.delete(id)));
      const last = page.at(-1);
      if (last !== undefined) this.#position = { xid: last.xid, id: last.id };
      if (page.length < this.#pageChanges) break;
    }
    const { changes, moment } = await earlyChanges(this.#db, this.#position, this.#moment);
    for (let at = 0; at < changes.length; at += this.#pageChanges)
      given += await this.#give(changes.slice(at, at + this.#pageChanges));
    if (this.#early.size + changes.length > MOST_REMEMBERED) this.#early = new Set();
    else for (const { id } of changes) this.#early.add(id);
    this.#moment = moment;
    return given;
  }

  lag(): Promise<FeedLag> {
    return feedLag(this.#db, this.#position, this.#moment);
  }

  async #give(changes: readonly IndexChange[]): Promise<number> {
    if (changes.length > 0) await this.#target.apply(changes);
    return changes.length;
  }
}
