// Where the files of a version of a list lie: a folder with its id, made under another name and there in one rename, and from then on never changed.
// `manifest` says what has to be in it; the row of the list holds the checksum of that.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '@redthread/core/errors';
import { LIST_ID, POLARITIES, type DigestKind, type ExactList } from '@redthread/core/index/exact';
import { manifestFile } from '../../disk/manifest-file.js';
import { flushFolder, FOLDER_MODE } from '../../disk/whole-file.js';
import { ExactLists } from '../exact-lists.js';
import { EntriesFile } from './entries-file.js';

const BUILDING = '.building';
const DIGESTS = 'digests';
const ENTRIES = 'entries';
const count = z.number().int().nonnegative();

const Contents = z.object({
  id: z.string().regex(LIST_ID),
  agencyId: z.string().regex(LIST_ID),
  polarity: z.enum(POLARITIES),
  /** What its source calls entries, and the different digests that they name. */
  entries: count,
  digests: count,
  /** Of the table of the entries, and of the heads of the runs: these name everything else by its own. */
  entriesChecksum: count,
  runs: z.array(z.object({ file: z.string().regex(/^[\w-]+\.run$/), bytes: count, identity: count })),
});
export type VersionContents = Readonly<z.infer<typeof Contents>>;

const manifest = manifestFile(Contents, { magic: 'redthread-list-version', version: 1 });

/** The folder of one version. */
export class VersionFolder {
  constructor(readonly path: string) {}

  get digestsFolder(): string {
    return join(this.path, DIGESTS);
  }

  get entriesPath(): string {
    return join(this.path, ENTRIES);
  }

  /** Says that all of it is there. Answers the checksum for the row. */
  seal(contents: VersionContents): Buffer {
    manifest.write(this.path, contents);
    flushFolder(this.path);
    return this.checksum();
  }

  checksum(): Buffer {
    return createHash('sha256')
      .update(readFileSync(join(this.path, manifest.name)))
      .digest();
  }

  /** Errors, naming the file: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
  contents(): VersionContents {
    const found = manifest.read(this.path);
    if (found === null) throw fail('INDEX_FILE_INVALID', `${this.path}: the files of a list are gone`);
    return found;
  }

  openEntries(): EntriesFile {
    return new EntriesFile(this.entriesPath);
  }

  openDigests(kinds?: readonly DigestKind[]): ExactLists {
    return ExactLists.open(this.digestsFolder, kinds);
  }

  /** Every file of it, by its path in here. */
  files(): string[] {
    const within = (folder: string): string[] =>
      readdirSync(join(this.path, folder), { withFileTypes: true }).flatMap((one) =>
        one.isDirectory() ? within(join(folder, one.name)) : [join(folder, one.name)],
      );
    return within('').sort();
  }

  /** Reads every byte, and holds it against what the row says. Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
  verify(list: ExactList, checksum: Buffer): void {
    const contents = this.contents();
    if (!this.checksum().equals(checksum) || contents.id !== list.id || contents.agencyId !== list.agencyId)
      throw fail('INDEX_FILE_INVALID', `${this.path}: the files of another list, or of another version of it`);
    const entries = this.openEntries();
    try {
      if (entries.checksum !== contents.entriesChecksum || entries.count !== contents.entries)
        throw fail('INDEX_FILE_INVALID', `${entries.path}: not the entries that belong here`);
      entries.verify();
    } finally {
      entries.close();
    }
    const digests = this.openDigests();
    try {
      if (JSON.stringify(digests.runs) !== JSON.stringify(contents.runs))
        throw fail('INDEX_FILE_INVALID', `${this.digestsFolder}: not the digests that belong here`);
      digests.verify();
    } finally {
      digests.close();
    }
  }
}

/** All versions that a store holds, in its vault. */
export class VersionFolders {
  readonly path: string;

  constructor(vaultFolder: string) {
    this.path = join(vaultFolder, 'lists');
  }

  of(id: string): VersionFolder {
    if (!LIST_ID.test(id)) throw fail('INTERNAL', `${id} is no id of a list`);
    return new VersionFolder(join(this.path, id));
  }

  /** An empty folder for a version that is being made. */
  build(id: string): VersionFolder {
    const folder = new VersionFolder(`${this.of(id).path}${BUILDING}`);
    rmSync(folder.path, { recursive: true, force: true });
    mkdirSync(folder.path, { recursive: true, mode: FOLDER_MODE });
    return folder;
  }

  /** In one rename; what lay there under this name was of no row. */
  publish(id: string): VersionFolder {
    const folder = this.of(id);
    rmSync(folder.path, { recursive: true, force: true });
    renameSync(`${folder.path}${BUILDING}`, folder.path);
    flushFolder(this.path);
    return folder;
  }

  /** Built and published ones. */
  remove(id: string): void {
    for (const path of [this.of(id).path, `${this.of(id).path}${BUILDING}`])
      rmSync(path, { recursive: true, force: true });
  }

  /** The ids of what lies there, finished or not. */
  ids(): string[] {
    if (!existsSync(this.path)) return [];
    const names = readdirSync(this.path).map((name) => name.replace(BUILDING, ''));
    return [...new Set(names)].filter((name) => LIST_ID.test(name));
  }
}
