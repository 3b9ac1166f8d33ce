// The form of an exported record: a folder that a script without any dependency verifies (docs/verify-a-record.md). It is a
// contract: a change of it is a new version.
import type { ExportStatement, Json, KeyStatement, LogHead, RecordHead } from '@redthread/core/audit';

export const EXPORT_FORMAT = 'redthread-record';
export const EXPORT_VERSION = 1;

interface Signed<Head> {
  readonly head: Head;
  /** Ed25519, hex. */
  readonly signature: string;
}

export interface ExportedKey extends KeyStatement {
  /** By the key before it, of the first one by itself; hex. */
  readonly endorsement: string;
}

export interface ExportedAnchor {
  readonly kind: 'file' | 'tsa';
  /** When it was made, by the clock of the store. */
  readonly at: string;
  /** Of a file: SHA-256 of its line. */
  readonly line: string | null;
  /** Of an authority: where it is, and the name of the file that holds its token. */
  readonly authority: string | null;
  readonly token: string | null;
  /** The head over all logs that was anchored. */
  readonly record: Signed<RecordHead>;
  /** The head of this log at that time, and its place in the tree over all logs. */
  readonly log: Signed<LogHead>;
  readonly index: number;
  readonly proof: readonly string[];
  /** That the events of that time are the beginning of those of now. */
  readonly consistency: readonly string[];
}

/** `record.json`. */
export interface ExportedRecord {
  readonly format: typeof EXPORT_FORMAT;
  readonly version: typeof EXPORT_VERSION;
  readonly agency: string;
  /** The events are all of the log: then none needs a proof of its own. */
  readonly isWhole: boolean;
  readonly statement: ExportStatement;
  /** Null: made without the master key. */
  readonly signature: string | null;
  readonly head: Signed<LogHead>;
  readonly keys: readonly ExportedKey[];
  readonly anchors: readonly ExportedAnchor[];
}

/** A line of `events.jsonl`. */
export interface ExportedEvent {
  /** The sealed form; its canonical JSON is what was hashed. */
  readonly form: Readonly<Record<string, Json>>;
  /** Hashes from the event up to the root, hex; empty in a whole log. */
  readonly proof: readonly string[];
  /** Clear texts that the one who exported may see and that were not erased, each with its salt. */
  readonly texts: Readonly<Record<string, { readonly salt: string; readonly text: Json }>>;
}
