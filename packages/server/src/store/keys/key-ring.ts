// The keys of a store as one process holds them: ready, or read-only with the id of the key that is asked for. While the
// master key is being changed a ring holds two, and each wrapped key is opened with the one that it names.
import { fail, type RedthreadError } from '@redthread/core/errors';
import type { DamagedKey, MasterKey } from './master-key.js';
import type { KeyExpectation } from './rotation.js';
import { unwrapKey, wrapKey, type KeyPurpose } from './wrap.js';

export type KeyState =
  | { readonly kind: 'ready'; readonly keyId: string }
  | { readonly kind: 'missing'; readonly expectedKeyId: string | null; readonly givenKeyId: null }
  | {
      readonly kind: 'damaged';
      readonly expectedKeyId: string | null;
      readonly givenKeyId: null;
      readonly flaw: string;
    }
  | { readonly kind: 'wrong'; readonly expectedKeyId: string; readonly givenKeyId: string }
  /** The master key is being changed, and the other one of the two is not here. */
  | { readonly kind: 'half-rotated'; readonly expectedKeyId: string; readonly givenKeyId: string };

/** A key as a row stores it: wrapped, and under which master key. */
export interface WrappedKey {
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

type Given = MasterKey | DamagedKey | null;

export class KeyRing {
  readonly #keys = new Map<string, MasterKey>();
  /** Id of the first key that was given, which is the one to name when it is not the right one. */
  readonly #givenId: string | null;
  readonly #flaw: string | null;
  #expected: KeyExpectation;

  /** `given`: what was found, the master key before the other one. */
  constructor(given: Given | readonly Given[], expected: KeyExpectation) {
    const found = [given].flat() as Given[];
    const keys = found.filter((key): key is MasterKey => key !== null && !('flaw' in key));
    for (const key of keys) this.#keys.set(key.id, key);
    this.#givenId = keys[0]?.id ?? null;
    const [damaged] = found.filter((key): key is DamagedKey => key !== null && 'flaw' in key);
    this.#flaw = damaged?.flaw ?? null;
    this.#expected = expected;
  }

  get state(): KeyState {
    const { keyId, rotation } = this.#expected;
    const needed = rotation?.phase === 'rewrapping' ? [rotation.from, rotation.to] : keyId === null ? [] : [keyId];
    const missing = needed.filter((id) => !this.#keys.has(id));
    const [expectedKeyId = null] = missing.length > 0 ? missing : [keyId];
    if (missing.length === 0 && keyId !== null) return { kind: 'ready', keyId };
    if (this.#flaw !== null) return { kind: 'damaged', expectedKeyId, givenKeyId: null, flaw: this.#flaw };
    if (this.#givenId === null || expectedKeyId === null) return { kind: 'missing', expectedKeyId, givenKeyId: null };
    const held = needed.find((id) => this.#keys.has(id));
    return held === undefined
      ? { kind: 'wrong', expectedKeyId, givenKeyId: this.#givenId }
      : { kind: 'half-rotated', expectedKeyId, givenKeyId: held };
  }

  /** Whether content can be read and written; otherwise the store is read-only and content stays sealed. */
  get ready(): boolean {
    return this.state.kind === 'ready';
  }

  /** The change of the master key that is under way; null: none. */
  get rotation(): KeyExpectation['rotation'] {
    return this.#expected.rotation;
  }

  /** First statement of each path that writes, or reads content. Errors: KEY_MISSING, KEY_DAMAGED, KEY_WRONG, KEY_HALF_ROTATED. */
  requireReady(): void {
    const refusal = this.refusal();
    if (refusal !== null) throw refusal;
  }

  /** Whether the key of this id is here. */
  holds(id: string): boolean {
    return this.#keys.has(id);
  }

  /** The master key of this id. Errors: KEY_MISSING, naming it, and those of `requireReady`. */
  byId(id: string): MasterKey {
    const key = this.#keys.get(id);
    if (key !== undefined) return key;
    throw this.refusal() ?? fail('KEY_MISSING', `a key of this store lies under master key ${id}, which is not here`);
  }

  /** Takes a key that was handed over while this process runs. */
  add(key: MasterKey): void {
    this.#keys.set(key.id, key);
  }

  /** Learns which keys the store asks for now. */
  expect(expected: KeyExpectation): void {
    this.#expected = expected;
  }

  /** `key` as a row is to store it: under the master key that is in force. */
  wrap(key: Buffer, use: KeyPurpose): WrappedKey {
    this.requireReady();
    const { keyId, rotation } = this.#expected;
    const master = this.byId((rotation?.phase === 'rewrapping' ? rotation.to : keyId) ?? '');
    return { master_key_id: master.id, wrapped: wrapKey(master.bytes, key, use) };
  }

  /** Errors: those of `byId`; VAULT_CORRUPT when the wrapped key was changed, or was wrapped for something else. */
  unwrap(row: WrappedKey, use: KeyPurpose): Buffer {
    return unwrapKey(this.byId(row.master_key_id).bytes, row.wrapped, use);
  }

  /** What stands in the way of content, naming the key that is needed and what was given instead; null: nothing. */
  refusal(): RedthreadError | null {
    const { state } = this;
    if (state.kind === 'ready') return null;
    const sealed = `this store is sealed with key ${state.expectedKeyId}`;
    if (state.kind === 'wrong') return fail('KEY_WRONG', `${sealed}; key ${state.givenKeyId} was given`);
    if (state.kind === 'damaged') return fail('KEY_DAMAGED', `${sealed}; ${state.flaw}`);
    if (state.kind === 'half-rotated')
      return fail(
        'KEY_HALF_ROTATED',
        `this store is on its way from key ${this.rotation?.from} to key ${this.rotation?.to}; ` +
          `key ${state.givenKeyId} was given, key ${state.expectedKeyId} is missing`,
      );
    return fail(
      'KEY_MISSING',
      state.expectedKeyId === null
        ? 'this store has no master key yet: give REDTHREAD_MASTER_KEY_FILE'
        : `${sealed}; no key was given`,
    );
  }
}
