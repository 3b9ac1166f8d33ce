// What is never a hit in an agency: its negative list, and digests that were set aside because they are in too many files.
import { z } from 'zod';
import { Id, Instant, Purpose } from './primitives.js';

/** MD5, SHA-1 or SHA-256, by its length. */
export const Digest = z
  .string()
  .regex(/^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/)
  .transform((text) => text.toLowerCase());

export const NegativeDigest = z.object({
  id: Id,
  kind: z.enum(['md5', 'sha1', 'sha256']),
  digest: z.string(),
  /** `set-aside`: waits for a person; `ended`: put back, or taken off again. */
  state: z.enum(['set-aside', 'negative', 'ended']),
  /** Who began it: a person, or the number of files that it was in. */
  origin: z.enum(['person', 'flood']),
  /** Of a flood, when it was noticed. */
  files: z.number().int().nullable(),
  lists: z.array(z.string()).nullable(),
  reason: z.string().nullable(),
  login: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  /** Whether it keeps anything from counting today. */
  counts: z.boolean(),
  end: z.object({ at: Instant, login: z.string(), reason: z.string() }).nullable(),
  /** A media of it that the viewer may see. */
  mediaId: Id.nullable(),
});
export type NegativeDigest = z.infer<typeof NegativeDigest>;

export const NegativeAdd = z.object({ digest: Digest, reason: Purpose, expiresAt: Instant.optional() });
export type NegativeAdd = z.output<typeof NegativeAdd>;
/** What was set aside stays away, for this reason. */
export const NegativeKeep = z.object({ reason: Purpose, expiresAt: Instant.optional() });
/** From now on it counts again. */
export const NegativeEnd = z.object({ reason: Purpose });
