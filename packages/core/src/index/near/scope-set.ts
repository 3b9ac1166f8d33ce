// What an asker may see: a set of scope numbers, small whole numbers that the owner of the index gives to agencies, cases, lists.
import { fail } from '../../errors/index.js';

/** Scopes are whole numbers below this. */
export const SCOPE_LIMIT = 2 ** 24;

export const checkScope = (scope: number): void => {
  if (!Number.isInteger(scope) || scope < 0 || scope >= SCOPE_LIMIT) {
    throw fail('HASH_INVALID', `the scope ${scope} is not a whole number from 0 to ${SCOPE_LIMIT - 1}`);
  }
};

/** What has no scope would be seen by nobody, and be lost when it is moved. */
export const checkScopes = (scopes: readonly number[]): void => {
  if (scopes.length === 0) throw fail('HASH_INVALID', 'a hash needs one scope at least');
  scopes.forEach(checkScope);
};

/** One bit a scope: asked for every hit before it is counted, so that hidden ones leave no trace in limits or counts. */
export class ScopeSet {
  readonly #words: Uint32Array;

  constructor(scopes: Iterable<number>) {
    const all = [...scopes];
    all.forEach(checkScope);
    this.#words = new Uint32Array((all.reduce((most, scope) => Math.max(most, scope), 0) >>> 5) + 1);
    for (const scope of all) this.#words[scope >>> 5]! |= 1 << (scope & 31);
  }

  has(scope: number): boolean {
    return (((this.#words[scope >>> 5] ?? 0) >>> (scope & 31)) & 1) === 1;
  }
}
