// Where in the walk an archive lies: what its entries' paths begin with, and the budget it draws on.
import { escapeControls, safeArchivePath, UniquePaths } from '@redthread/core/sending';
import { problem, WalkEntry, type Content } from './entry.js';
import type { ExpansionBudget } from './budget.js';
import type { Deletion, ItemProblem, SourceTime } from './types.js';

export interface Place {
  /** Path of the archive; its base name where it is the source itself. */
  readonly path: string;
  /** Path of the archive as `container` of its entries; null where it is the source itself. */
  readonly container: string | null;
  /** Path of the archive that holds this archive. */
  readonly parent: string | null;
  readonly budget: ExpansionBudget;
  /** Tried on what is locked, in order. */
  readonly passwords: readonly string[];
  /** Where the archive lies as a plain file, which programs of the system may read. */
  readonly filePath?: string | Buffer;
}

export interface ArchivedFile {
  /** As decoded; hostile. */
  readonly name: string;
  /** Where the name is not all that its bytes say. */
  readonly rawName?: string;
  readonly sizeBytes: number | null;
  readonly sourceTimes: readonly SourceTime[];
  readonly failure: ItemProblem | null;
  readonly deletion?: Deletion | null;
  readonly isThumbnail?: boolean;
}

/** Makes the entries of one archive: safe and distinct paths below it. `isCounted`: the budget knows them already, from a list. */
export const entryMaker = (place: Place, isCounted = false): ((file: ArchivedFile, content: Content) => WalkEntry) => {
  const unique = new UniquePaths();
  const prefix = place.container === null ? '' : `${place.container}/`;
  return ({ name, rawName = name, sizeBytes: stated, sourceTimes, failure: known, deletion, isThumbnail }, content) => {
    if (!isCounted) place.budget.enter();
    const safe = safeArchivePath(name);
    const path = unique.take(safe.path);
    // Nothing has such a size: it is neither believed nor written down.
    const isSize = stated === null || (Number.isSafeInteger(stated) && stated >= 0);
    const sizeBytes = isSize ? stated : null;
    const failure = known ?? (isSize ? null : problem('ARCHIVE_CORRUPT', `a size of ${stated} is stated`));
    return new WalkEntry(
      {
        path: prefix + path,
        container: place.container,
        sizeBytes,
        sourceTimes,
        deletion: deletion ?? null,
        isThumbnail: isThumbnail ?? false,
        ...(path === rawName ? {} : { rawName: escapeControls(rawName) }),
        ...(failure === null ? {} : { failure }),
        notes: safe.hostility === null ? [] : [problem('PATH_HOSTILE', safe.hostility)],
      },
      failure === null ? content : null,
    );
  };
};
