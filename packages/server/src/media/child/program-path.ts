// Where a program of the system lies: looked for once, by the PATH that we were started with.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const found = new Map<string, string>();

/** Null where it is not installed; it is looked for again the next time. */
export const programPath = (name: string): string | null => {
  const known = found.get(name);
  if (known !== undefined) return known;
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram);
  if (path !== undefined) found.set(name, path);
  return path ?? null;
};

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
