// Who sent a request, as the API knows them once their session or key was looked up. The accounts find out; whatever
// declares a route only needs the shape.
import type { Context } from '@redthread/core/domain';

export const SESSION_COOKIE = 'redthread_session';

export const SCOPES = ['read', 'reveal', 'write', 'ingest', 'audit', 'administer'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who sent a request, and what they may do with what they sent it with. */
export interface Authenticated {
  readonly ctx: Context;
  readonly displayName: string;
  readonly scopes: readonly Scope[];
  /** Null for a program with an API key. */
  readonly sessionHash: Buffer | null;
  /** The API key of a program; null for a session. */
  readonly keyId: string | null;
}
