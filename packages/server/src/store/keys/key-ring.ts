// The keys of a store as one process holds them: ready, or read-only with the id of the key that is asked for.
import { fail } from '@redthread/core/errors';
import type { MasterKey } from './master-key.js';

export type KeyState =
  | { readonly kind: 'ready'; readonly keyId: string }
  | { readonly kind: 'missing'; readonly expectedKeyId: string | null; readonly givenKeyId: null }
  | { readonly kind: 'wrong'; readonly expectedKeyId: string; readonly givenKeyId: string };

export class KeyRing {
  readonly state: KeyState;
  readonly #key: MasterKey | null;

  /** `expectedKeyId`: the id that the store remembers; null: it has none yet. */
  constructor(key: MasterKey | null, expectedKeyId: string | null) {
    this.#key = key;
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

  /** First statement of each path that writes, or reads content. Errors: KEY_MISSING, KEY_WRONG, each with the ids. */
  master(): MasterKey {
    const { state } = this;
    if (state.kind === 'wrong')
      throw fail(
        'KEY_WRONG',
        `this store is sealed with key ${state.expectedKeyId}; key ${state.givenKeyId} was given`,
      );
    if (state.kind === 'missing' || this.#key === null)
      throw fail(
        'KEY_MISSING',
        state.kind === 'missing' && state.expectedKeyId === null
          ? 'this store has no master key yet: give REDTHREAD_MASTER_KEY_FILE'
          : `this store is sealed with key ${'expectedKeyId' in state ? state.expectedKeyId : ''}; no key was given`,
      );
    return this.#key;
  }
}
