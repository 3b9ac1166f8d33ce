// What somebody has chosen or dropped, as a list of files with their paths: folders are gone through, and no file is read.
import { fail } from '@redthread/core/errors';

/** A browser sends so many files at once; more of them go into an archive, or from a machine with the program. */
export const MOST_FILES = 2000;

export interface ChosenFile {
  /** As the browser names it: parts joined by '/', hostile. */
  readonly path: string;
  readonly file: File;
}

const tooMany = (): Error => fail('TOO_MANY_FILES', `more than ${MOST_FILES}`);

/** From a field of the page. Errors: TOO_MANY_FILES. */
export const filesOfField = (list: FileList): ChosenFile[] => {
  if (list.length > MOST_FILES) throw tooMany();
  return Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
};

/** What was dropped, taken hold of at once: the browser forgets it after the event. A file that lies in no folder has no entry. */
export const entriesOfDrop = (items: DataTransferItemList): (FileSystemEntry | File)[] =>
  Array.from(items).flatMap((item) =>
    item.kind === 'file' ? (item.webkitGetAsEntry() ?? item.getAsFile() ?? []) : [],
  );

/** Errors: TOO_MANY_FILES, SOURCE_UNREADABLE for a folder that cannot be gone through. */
export const filesOfEntries = async (entries: readonly (FileSystemEntry | File)[]): Promise<ChosenFile[]> => {
  const files: ChosenFile[] = [];
  const waiting = [...entries].reverse();
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if ('isDirectory' in entry && entry.isDirectory)
      waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)).reverse());
    else if (files.length === MOST_FILES) throw tooMany();
    else if (entry instanceof File) files.push({ path: entry.name, file: entry });
    else files.push({ path: entry.fullPath.replace(/^\/+/, ''), file: await fileOf(entry as FileSystemFileEntry) });
  }
  return files;
};

const unreadable = (path: string, { name }: DOMException): Error => fail('SOURCE_UNREADABLE', `${path} (${name})`);

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) =>
    entry.file(resolve, (error) => reject(unreadable(entry.fullPath, error as DOMException))),
  );

/** A reader gives a hundred at a time, and none at the end. */
const childrenOf = async (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader();
  const read = (): Promise<FileSystemEntry[]> =>
    new Promise((resolve, reject) =>
      reader.readEntries(resolve, (error) => reject(unreadable(folder.fullPath, error as DOMException))),
    );
  const children: FileSystemEntry[] = [];
  for (let some = await read(); some.length > 0; some = await read()) {
    children.push(...some);
    if (children.length > MOST_FILES) throw tooMany();
  }
  return children;
};
