// Where in the walk an archive lies: what its entries' paths begin with, and the budget it draws on.
import { problem, WalkEntry, type Content } from './entry.js';
import type { ExpansionBudget } from './budget.js';
import { safeArchivePath, UniquePaths } from './safe-path.js';
import type { ItemProblem, SourceTime } from './types.js';

export interface Place {
  /** Path of the archive; its base name where it is the source itself. */
  readonly path: string;
  /** Path of the archive as `container` of its entries; null where it is the source itself. */
  readonly container: string | null;
  /** Path of the archive that holds this archive. */
  readonly parent: string | null;
  readonly budget: ExpansionBudget;
}

export interface ArchivedFile {
  /** As decoded; hostile. */
  readonly name: string;
  readonly sizeBytes: number | null;
  readonly sourceTimes: readonly SourceTime[];
  readonly failure: ItemProblem | null;
}

const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g;

const escapeControls = (name: string): string =>
  name.replace(CONTROLS, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Makes the entries of one archive: safe and distinct paths below it. */
export const entryMaker = (place: Place): ((file: ArchivedFile, content: Content) => WalkEntry) => {
  const unique = new UniquePaths();
  const prefix = place.container === null ? '' : `${place.container}/`;
  return ({ name, sizeBytes, sourceTimes, failure }, content) => {
    place.budget.enter();
    const safe = safeArchivePath(name);
    const path = unique.take(safe.path);
    return new WalkEntry(
      {
        path: prefix + path,
        container: place.container,
        sizeBytes,
        sourceTimes,
        ...(path === name ? {} : { rawName: escapeControls(name) }),
        ...(failure === null ? {} : { failure }),
        notes: safe.hostility === null ? [] : [problem('PATH_HOSTILE', safe.hostility)],
      },
      failure === null ? content : null,
    );
  };
};
