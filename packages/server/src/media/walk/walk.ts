// The walk: every file of a folder, an archive or a disk image, and of the archives in it that the consumer gives back to be opened.
import { fail } from '@redthread/core/errors';
import { printable } from '@redthread/core/sending';
import { constants } from 'node:fs';
import { access as checkAccess, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { archiveEntries, isWalkable } from './archive.js';
import { archiveError, itemCodeOf } from './archive-error.js';
import { ExpansionBudget } from './budget.js';
import { problem, WalkEntry } from './entry.js';
import { folderEntries } from './folder.js';
import { identify, IDENTIFY_BYTES } from '../identify/index.js';
import type { Place } from './place.js';
import { fileAccess, type RandomAccess } from './random-access.js';
import { WALK_DEFAULTS, type Entry, type WalkLimits } from './types.js';

export interface WalkOptions {
  readonly limits?: Partial<WalkLimits>;
  /** Tried on what is locked, in order. */
  readonly passwords?: readonly string[];
}

/** What holds for the whole of a walk. */
interface Walk {
  readonly limits: WalkLimits;
  readonly passwords: readonly string[];
}

const walkOf = ({ limits, passwords = [] }: WalkOptions): Walk => ({
  limits: { ...WALK_DEFAULTS, ...limits },
  passwords,
});

/**
 * Walks `source`: a folder, or what `isWalkable` by its real type. The order is deterministic. For each item that turns out to be an
 * archive the consumer may call `descend` with a way to its bytes; the entries inside come next. Bad news about one file or
 * archive is an item, never an exception. Throws SOURCE_UNREADABLE and SOURCE_NOT_SUPPORTED about the source itself.
 */
export const walk = async function* (source: string, options: WalkOptions = {}): AsyncGenerator<Entry> {
  const rules = walkOf(options);
  const path = await realpath(source).catch(sourceUnreadable(source));
  const info = await stat(path).catch(sourceUnreadable(source));
  if (info.isDirectory()) {
    await checkAccess(path, constants.R_OK | constants.X_OK).catch(sourceUnreadable(source));
    yield* withInner(folderEntries(path), rules, null, 0);
    return;
  }
  if (!info.isFile()) throw fail('SOURCE_NOT_SUPPORTED', source);
  const access = await fileAccess(path).catch(sourceUnreadable(source));
  const { mime } = identify(await access.read(0, IDENTIFY_BYTES), access.sizeBytes);
  if (!isWalkable(mime)) {
    await access.close?.();
    throw fail('SOURCE_NOT_SUPPORTED', `${source} is ${mime}`);
  }
  const budget = new ExpansionBudget(access.sizeBytes, rules.limits);
  const name = printable(basename(source));
  const { passwords } = rules;
  yield* archive(access, { path: name, container: null, parent: null, budget, passwords, filePath: path }, rules, 0);
};

/** Walks an archive that lies at `path` of something larger; its bytes are closed at the end. Options and news as `walk`. */
export const walkArchive = (
  access: RandomAccess,
  { path, container }: Pick<Entry, 'path' | 'container'>,
  options: WalkOptions = {},
): AsyncGenerator<Entry> => {
  const rules = walkOf(options);
  const budget = new ExpansionBudget(access.sizeBytes, rules.limits);
  const { passwords } = rules;
  return archive(access, { path, container: path, parent: container, budget, passwords }, rules, 1);
};

const sourceUnreadable =
  (source: string) =>
  (error: unknown): never => {
    throw fail('SOURCE_UNREADABLE', `${source}: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
  };

/** Hands out entries, and after each the content of the archive that the consumer made of it. */
const withInner = async function* (
  entries: AsyncIterable<WalkEntry>,
  rules: Walk,
  budget: ExpansionBudget | null,
  depth: number,
): AsyncGenerator<Entry> {
  for await (const entry of entries) {
    yield entry;
    const access = entry.takeAccess();
    if (access === null) continue;
    const place: Place = {
      path: entry.path,
      container: entry.path,
      parent: entry.container,
      budget: budget ?? new ExpansionBudget(access.sizeBytes, rules.limits),
      passwords: rules.passwords,
      ...(entry.filePath === undefined ? {} : { filePath: entry.filePath }),
    };
    yield* archive(access, place, rules, depth + 1);
  }
};

const archive = async function* (
  access: RandomAccess,
  place: Place,
  rules: Walk,
  depth: number,
): AsyncGenerator<Entry> {
  try {
    const { maxDepth } = rules.limits;
    if (depth > maxDepth) throw fail('ARCHIVE_TOO_DEEP', `deeper than ${maxDepth}`);
    yield* withInner(archiveEntries(access, place), rules, place.budget, depth);
  } catch (cause) {
    const error = archiveError(cause);
    const code = itemCodeOf(error);
    if (code === null) throw error;
    yield new WalkEntry(
      { path: place.path, container: place.parent, failure: problem(code, error.detail) },
      null,
      'container',
    );
  } finally {
    await access.close?.();
  }
};
