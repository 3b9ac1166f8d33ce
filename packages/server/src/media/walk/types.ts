// What a walk yields, and how a consumer takes part: it reads an entry, or gives the bytes of an archive back to be walked.
import type { Deletion, DiskImage } from '@redthread/core/contract';
import type { ItemErrorCode } from '@redthread/core/errors';
import type { Readable } from 'node:stream';
import type { RandomAccess } from './random-access.js';

/** A time that the source states about a file, as it states it. */
export interface SourceTime {
  readonly kind: 'modified' | 'accessed' | 'created';
  /** Wall clock as written, `YYYY-MM-DD hh:mm:ss[.fraction]`, with `Z` where it is UTC. */
  readonly text: string;
  /** Only where the zone is known. */
  readonly epochMs?: number;
  readonly zone: 'utc' | 'none';
  readonly precisionMs: number;
  readonly basis: 'file-system' | 'archive';
}

/** Something wrong with an item, in the words of the catalogue. `detail` is safe to show: control characters are replaced. */
export interface ItemProblem {
  readonly code: ItemErrorCode;
  readonly detail: string;
}

export type { Deletion };

/** What is known of a disk image once it was walked. */
export type ImageNews = Omit<DiskImage, 'path'>;

export interface Entry {
  /**
   * Where it lies, joined by '/', unique in the walk, free of control characters, `..` and empty segments; an entry of an archive lies
   * below the archive (`chats/a.zip/photo.jpg`). Entries of the archive that is the source itself start at the top.
   */
  readonly path: string;
  /** The name as stored, where it differs from what `path` shows; bytes that are no UTF-8 as `\xNN`. */
  readonly rawName?: string;
  /** Path of the archive it lies in; null in a folder, and in the archive that is the source itself. */
  readonly container: string | null;
  /** Null where only reading tells (a compressed single file). */
  readonly sizeBytes: number | null;
  readonly sourceTimes: readonly SourceTime[];
  /** Plain files only: absolute path; bytes where the name is no UTF-8. */
  readonly filePath?: string | Buffer;
  /** Why there is nothing to read. `open` then throws. */
  readonly failure?: ItemProblem;
  /** Oddities of an entry that is readable all the same (PATH_HOSTILE). */
  readonly notes: readonly ItemProblem[];
  /** A file of a disk image that is not there any more. */
  readonly deletion: Deletion | null;
  /** A small picture that a program kept of a larger one. */
  readonly isThumbnail: boolean;
  /** News about a disk image at its end; with a `failure` where its hash differs. */
  readonly image?: ImageNews;
  /**
   * `entry`: a file. `container`: not another file but bad news about the archive named by `path`, which was walked so far as possible; `failure`
   * says what. For the source itself `path` is its base name.
   */
  readonly about: 'entry' | 'container';
  /**
   * Streams the content. Call it before the next item is asked for, and once; an entry that is never opened costs (nearly) nothing in a ZIP.
   * The stream fails with ARCHIVE_CORRUPT or ARCHIVE_BOMB. Entries of a TAR must be read to their end before the next item arrives.
   */
  open(): Promise<Readable>;
  /** The whole content in one buffer: the fast way for small files. Throws FILE_TOO_LARGE over `maxBytes`. */
  bytes(maxBytes: number): Promise<Buffer>;
  /**
   * Says that this entry is an archive whose bytes `access` reads: the walk yields its entries next. Call it before the next item is asked
   * for; the walk closes `access`. Only formats of `isWalkable` are opened.
   */
  descend(access: RandomAccess): void;
}

/** Limits against archives made to harm. They hold for an outermost archive with everything inside it. */
export interface WalkLimits {
  /** Archives inside archives; beyond: ARCHIVE_TOO_DEEP. */
  readonly maxDepth: number;
  /** Expanded over stored bytes, of one entry and of the whole; beyond: ARCHIVE_BOMB. DEFLATE itself ends at 1032. */
  readonly maxRatio: number;
  /** Below this size no ratio is judged: a small file of blanks is no bomb. */
  readonly ratioFreeBytes: number;
  /** Entries; beyond: ARCHIVE_BOMB. */
  readonly maxEntries: number;
  /** Expanded bytes; beyond: ARCHIVE_BOMB. */
  readonly maxExpandedBytes: number;
}

export const WALK_DEFAULTS: WalkLimits = {
  maxDepth: 16,
  maxRatio: 1000,
  ratioFreeBytes: 64 * 2 ** 20,
  maxEntries: 2_000_000,
  maxExpandedBytes: 4 * 2 ** 40,
};
