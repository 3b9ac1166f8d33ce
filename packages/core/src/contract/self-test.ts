// The self-test: what `redthread selftest --json` prints, what is kept of it, and what the API answers about the last one.
import { z } from 'zod';
import { Id, Instant } from './primitives.js';

const Count = z.number().int().min(0);

/** One edit and how many of its copies each method alone, and all of them together, take for the picture that they were made from. */
export const SelfTestEdit = z.object({
  edit: z.string(),
  /** Whether the program promises to find it: all of these have to be found. */
  promised: z.boolean(),
  copies: Count,
  found: z.object({ together: Count, byMethod: z.record(z.string(), Count) }),
});
export type SelfTestEdit = z.infer<typeof SelfTestEdit>;

/** Pairs of files that show different pictures, and how many of them were taken for the same. */
export const SelfTestErrors = z.object({
  comparisons: Count,
  errors: Count,
  /** Of these, pairs made to be confused: other views of one room, other contents on one template. */
  nearMiss: z.object({ comparisons: Count, errors: Count }),
});
export type SelfTestErrors = z.infer<typeof SelfTestErrors>;

/** A copy that is promised to be found and was not; at most 20 are named. */
export const SelfTestMiss = z.object({ picture: z.string(), edit: z.string(), why: z.string() });

export const SelfTest = z.object({
  /** Rises when the form changes; a stored result of another form is not shown. */
  form: z.literal(1),
  at: Instant,
  seed: Count,
  pictures: Count,
  copies: Count,
  durationMs: z.object({ draw: Count, decode: Count, compare: Count }),
  /** True where every promised copy was found, no different pictures were matched, and the index proposed every match. */
  holds: z.boolean(),
  edits: z.array(SelfTestEdit),
  falseMatches: z.object({ together: SelfTestErrors, byMethod: z.record(z.string(), SelfTestErrors) }),
  /** Matches that comparing every pair finds and the candidate index does not propose. */
  notProposed: Count,
  misses: z.array(SelfTestMiss),
  program: z.string(),
  methods: z.array(z.object({ name: z.string(), version: z.number().int(), threshold: z.number(), unit: z.string() })),
  decoders: z.array(z.string()),
  machine: z.object({
    platform: z.string(),
    cpu: z.string(),
    cores: z.number().int(),
    memoryBytes: z.number(),
    node: z.string(),
  }),
});
export type SelfTest = z.infer<typeof SelfTest>;

/** A result that was kept: when, by whom. */
export const StoredSelfTest = z.object({ id: Id, at: Instant, login: z.string(), result: SelfTest });
export type StoredSelfTest = z.infer<typeof StoredSelfTest>;

/** The last result that the viewer's agency kept; null where there is none. */
export const LastSelfTest = z.object({ last: StoredSelfTest.nullable() });
