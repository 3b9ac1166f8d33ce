// Contribution packages: sealed files from one agency to another, the keys by which they know each other, and what came in.
import { z } from 'zod';
import { ExchangeAsk } from './exchange.js';
import { Handling, Id, Instant, Name, Sha256 } from './primitives.js';

/** Sixteen bytes in groups of four letters, as people read them to each other. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{4}( [0-9a-f]{4}){7}$/);

/** The key by which others send packages to an agency and know its own: given to them as a file, and compared by its fingerprint. */
export const ExchangeKey = z.object({
  agency: z.string(),
  country: z.string(),
  fingerprint: Fingerprint,
  file: z.string(),
});
export type ExchangeKey = z.infer<typeof ExchangeKey>;

/** Of another agency, trusted once somebody has compared the fingerprint over another way. */
export const ExchangePeer = z.object({
  id: Id,
  name: z.string(),
  country: z.string(),
  fingerprint: Fingerprint,
  by: z.string(),
  at: Instant,
});
export type ExchangePeer = z.infer<typeof ExchangePeer>;

/** `own`: null where none was made yet. */
export const PackageKeys = z.object({ own: ExchangeKey.nullable(), trusted: z.array(ExchangePeer) });
export type PackageKeys = z.infer<typeof PackageKeys>;

export const ExchangePeerAdd = z.object({ file: z.string().max(4096), fingerprint: z.string().min(32).max(80) });
export type ExchangePeerAdd = z.infer<typeof ExchangePeerAdd>;

/** `to`: the fingerprint of a trusted key. What is said of each media is written as a media set of VICS. */
export const PackageAsk = ExchangeAsk.omit({ format: true, shape: true, to: true }).extend({ to: Fingerprint });
export type PackageAsk = z.output<typeof PackageAsk>;

const Count = z.number().int().nonnegative();

/** What a package says of itself, signed by its sender. */
export const PackageManifest = z.object({
  form: z.literal('redthread package manifest v1'),
  id: Id,
  from: z.object({ agency: Name, country: z.string(), fingerprint: Fingerprint }),
  /** Fingerprint of the key that it is for: nobody passes it on as meant for somebody else. */
  to: Fingerprint,
  at: Instant,
  /** What it is of, in words. */
  subject: z.string(),
  /** Strictest of what is in it, or what was said; each file has its own besides. */
  handling: Handling,
  purpose: z.string().nullable(),
  scheme: z.string(),
  leftOut: z.array(z.string()),
  counts: z.object({ media: Count, files: Count }),
  /** Of what was left open or out: code and count. */
  notes: z.array(z.object({ code: z.string(), count: Count })),
  content: z.object({ form: z.literal('VICS 2.0 media set'), bytes: Count, sha256: Sha256 }),
});
export type PackageManifest = z.infer<typeof PackageManifest>;

/** A package whose seal, signature and digests held, before what it says counts. */
export const OpenedPackage = z.object({
  manifest: PackageManifest,
  /** As it is trusted here. */
  sender: z.string(),
  /** Of the file that came. */
  sha256: Sha256,
});
export type OpenedPackage = z.infer<typeof OpenedPackage>;

/** Has a file opened that was sent as the one file of an upload; said again it tells the handling code otherwise. */
export const PackageOpen = z.object({ upload: Id, handling: Handling.optional() });
export type PackageOpen = z.infer<typeof PackageOpen>;

/** A package that came in, and the list that it became. */
export const PackageReceipt = z.object({
  package: Id,
  sender: z.string(),
  fingerprint: Fingerprint,
  /** Of the file. */
  sha256: Sha256,
  items: z.number().int(),
  handling: z.string(),
  list: z.object({ id: Id, name: z.string(), version: z.string() }),
  by: z.string(),
  at: Instant,
});
export type PackageReceipt = z.infer<typeof PackageReceipt>;
export const PackageReceipts = z.object({ items: z.array(PackageReceipt) });

/** That a package came in, signed by its receiver. */
export const Acknowledgement = z.object({
  form: z.literal('redthread acknowledgement v1'),
  package: Id,
  /** Of the file that came in. */
  sha256: Sha256,
  items: Count,
  at: Instant,
  /** Fingerprint of the receiver. */
  by: Fingerprint,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;
