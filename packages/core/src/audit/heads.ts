// What is signed. A head of a log says how long it is and what its tree and chain come to; the head over all logs holds those of
// each, without a count of anybody's events, and the one before it, so that no head can be taken out.
import { canonicalJson, type Json } from './canonical-json.js';
import { leafHash } from './tree/hashes.js';
import type { Digest } from './digest.js';

/** Head of one log; hashes in hex, `at` in the form of an event's. */
export interface LogHead {
  readonly v: 1;
  readonly log: string;
  readonly size: number;
  readonly root: string;
  readonly chain: string;
  readonly at: string;
  /** Id of the key that signs it. */
  readonly key: string;
}

/** Head over the heads of all logs. */
export interface RecordHead {
  readonly v: 1;
  readonly logs: number;
  /** Of the tree whose leaves are the heads of the logs, in the order of their ids. */
  readonly root: string;
  /** `headHash` of the head before it; null: it is the first. */
  readonly previous: string | null;
  /** How many anchors there were, and the chain over them. */
  readonly anchors: { readonly count: number; readonly chain: string };
  readonly at: string;
  readonly key: string;
}

/** A public key of the record as its predecessor endorses it. */
export interface KeyStatement {
  readonly v: 1;
  readonly key: string;
  readonly publicKey: string;
  readonly previous: string | null;
  readonly at: string;
}

/** What an exported part of a log is said to be: which events were chosen, and that none of them was left out. */
export interface ExportStatement {
  readonly v: 1;
  readonly log: string;
  /** What the events are about; an agency: its whole log. */
  readonly about: { readonly kind: 'agency' | 'case' | 'media'; readonly id: string };
  readonly events: number;
  /** SHA-256, hex, of the file that holds them. */
  readonly sha256: string;
  /** Size of the head that they are proven under. */
  readonly size: number;
  readonly at: string;
  readonly key: string;
}

/** What is signed beside a report: its files, what it is about, and the head of the record at which it was made. */
export interface ReportStatement {
  readonly v: 1;
  readonly kind: 'case' | 'exhibit' | 'series' | 'comparison';
  /** Ids of the case, the exhibit, the series, or the two media. */
  readonly about: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly record: { readonly log: string; readonly size: number; readonly root: string; readonly at: string };
  readonly key: string;
}

/** The text whose bytes in UTF-8 are signed. The first line keeps one kind from passing for another. */
export const signedText = (
  kind: 'log' | 'record' | 'key' | 'export' | 'report',
  statement: LogHead | RecordHead | KeyStatement | ExportStatement | ReportStatement,
): string => `redthread ${kind} v1\n${canonicalJson(statement as unknown as Json)}`;

/** The same for a record of destruction, whose canonical JSON is kept as it was signed. */
export const signedDestruction = (record: string): string => `redthread destruction v1\n${record}`;

/** What the next head calls this one, and what an anchor holds. */
export const headHash = (digest: Digest, head: RecordHead): Uint8Array => digest(signedText('record', head));

/** The leaf of a log's head in the tree over all logs. */
export const headLeaf = (digest: Digest, head: LogHead): Uint8Array => leafHash(digest, signedText('log', head));
