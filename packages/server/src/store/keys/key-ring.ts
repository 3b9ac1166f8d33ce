// The keys of a store as one process holds them: ready, or read-only with the id of the key that is asked for.
import { fail, type RedthreadError } from '@redthread/core/errors';
import type { DamagedKey, MasterKey } from './master-key.js';

export type KeyState =
  | { readonly kind: 'ready'; readonly keyId: string }
  | { readonly kind: 'missing'; readonly expectedKeyId: string | null; readonly givenKeyId: null }
  | {
      readonly kind: 'damaged';
      readonly expectedKeyId: string | null;
      readonly givenKeyId: null;
      readonly flaw: string;
    }
  | { readonly kind: 'wrong'; readonly expectedKeyId: string; readonly givenKeyId: string };

export class KeyRing {
  readonly state: KeyState;
  readonly #key: MasterKey | null;

  /** `expectedKeyId`: the id that the store remembers; null: it has none yet. */
  constructor(given: MasterKey | DamagedKey | null, expectedKeyId: string | null) {
    const key = given === null || 'flaw' in given ? null : given;
    this.#key = key;
    if (given !== null && 'flaw' in given) {
      this.state = { kind: 'damaged', expectedKeyId, givenKeyId: null, flaw: given.flaw };
      return;
    }
    this.state =
      key === null || expectedKeyId === null
        ? { kind: 'missing', expectedKeyId, givenKeyId: null }
        : key.id === expectedKeyId
          ? { kind: 'ready', keyId: key.id }
          : { kind: 'wrong', expectedKeyId, givenKeyId: key.id };
  }

  /** Whether content can be read and written; otherwise the store is read-only and content stays sealed. */
  get ready(): boolean {
    return this.state.kind === 'ready';
  }

  /** First statement of each path that writes, or reads content. Errors: KEY_MISSING, KEY_DAMAGED, KEY_WRONG. */
  master(): MasterKey {
    if (!this.ready || this.#key === null) throw this.refusal() ?? fail('KEY_MISSING', 'no key was given');
    return this.#key;
  }

  /** What stands in the way of content, naming the key that is needed and what was given instead; null: nothing. */
  refusal(): RedthreadError | null {
    const { state } = this;
    if (state.kind === 'ready') return null;
    const sealed = `this store is sealed with key ${state.expectedKeyId}`;
    if (state.kind === 'wrong') return fail('KEY_WRONG', `${sealed}; key ${state.givenKeyId} was given`);
    if (state.kind === 'damaged') return fail('KEY_DAMAGED', `${sealed}; ${state.flaw}`);
    return fail(
      'KEY_MISSING',
      state.expectedKeyId === null
        ? 'this store has no master key yet: give REDTHREAD_MASTER_KEY_FILE'
        : `${sealed}; no key was given`,
    );
  }
}
