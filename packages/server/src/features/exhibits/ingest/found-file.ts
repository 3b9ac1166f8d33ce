// One entry of a walk on its way to an occurrence: where it was found, and what became of reading it.
import type { Deletion, SourceTime } from '@redthread/core/contract';
import type { Digests } from './digests.js';

/** Where an entry was found. Paths are those inside the exhibit, unique within it. */
export interface FoundFile {
  readonly path: string;
  /** The name as it was written, where it is not what `path` says (hostile or no UTF-8). */
  readonly rawName: string | null;
  /** Path of the archive that holds it; null in a folder. */
  readonly container: string | null;
  readonly sizeBytes: number | null;
  readonly sourceTimes: readonly SourceTime[];
  /** By which a later run recognises the same entry without reading it. */
  readonly stateKey: string | null;
  /** Of a file of a disk image that is not there any more. */
  readonly deletion: Deletion | null;
  readonly isThumbnail: boolean;
  /** Whether the provider who reported it has viewed it; null: nothing was said of that. */
  readonly providerViewed: boolean | null;
  /** Something to be said about an entry that was read all the same. */
  readonly note: { readonly code: string; readonly detail: string } | null;
}

/** What was found, without what reading it told, or what else is known of it. */
export const foundOf = ({
  path,
  rawName,
  container,
  sizeBytes,
  sourceTimes,
  stateKey,
  deletion,
  isThumbnail,
  providerViewed,
  note,
}: FoundFile): FoundFile => ({
  path,
  rawName,
  container,
  sizeBytes,
  sourceTimes,
  stateKey,
  deletion,
  isThumbnail,
  providerViewed,
  note,
});

/** An entry whose content was read. */
export interface ReadFile extends FoundFile {
  readonly digests: Digests;
  readonly mime: string;
  readonly kind: string;
  readonly readBytes: number;
  /** Absolute path of the source when the content stays there; null when it goes into the vault. */
  readonly inPlacePath: string | null;
}

/** An entry that has no content for us: a link, a device, damaged, encrypted, gone. */
export interface UnreadEntry extends FoundFile {
  readonly code: string;
  readonly detail: string;
}
