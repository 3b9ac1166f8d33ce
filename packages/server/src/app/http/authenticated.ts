// Who sent a request, as the API knows them once their session or key was looked up. The accounts find out; whatever
// declares a route only needs the shape.
import type { Context } from '@redthread/core/domain';

export const SCOPES = ['read', 'reveal', 'write', 'ingest', 'audit', 'administer'] as const;
export type Scope = (typeof SCOPES)[number];

export type SessionStage = 'second-factor' | 'enrol' | 'full';

/** A session of the web. */
export interface WebSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  /** What its sign-in still waits for; `full`: for nothing. */
  readonly stage: SessionStage;
  /** When its person last proved who they are. */
  readonly provenAt: Date;
}

/** Who sent a request, and what they may do with what they sent it with. */
export interface Authenticated {
  readonly ctx: Context;
  readonly displayName: string;
  readonly scopes: readonly Scope[];
  /** Null for a program with an API key. */
  readonly session: WebSession | null;
  /** The API key of a program; null for a session. */
  readonly keyId: string | null;
}
