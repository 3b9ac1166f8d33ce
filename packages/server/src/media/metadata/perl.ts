// Finds Perl and ExifTool: Perl comes with the system, ExifTool with the packages.
import { fail } from '@redthread/core/errors';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const USUAL_FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/bin'];

/** Path of Perl. Throws TOOL_MISSING. */
export const perlPath = (searchPath = process.env.PATH ?? '', usualFolders = USUAL_FOLDERS): string => {
  const folders = [...usualFolders, ...searchPath.split(delimiter).filter((folder) => folder !== '')];
  const found = folders.map((folder) => join(folder, 'perl')).find((path) => existsSync(path));
  if (found === undefined) throw fail('TOOL_MISSING', 'perl, which reads metadata through ExifTool');
  return found;
};

/** Folder of the ExifTool that exiftool-vendored brings, with its `lib`. Throws TOOL_MISSING. */
export const exiftoolFolder = (): string => {
  try {
    const vendored = createRequire(createRequire(import.meta.url).resolve('exiftool-vendored'));
    return dirname(vendored('exiftool-vendored.pl') as string);
  } catch (cause) {
    throw fail('TOOL_MISSING', 'exiftool-vendored.pl', { cause });
  }
};
