// The manifest of a folder: which files count. It is written last, in one rename, so that the set it names is always whole.
// First line: magic, version, SHA-256 of the rest; then JSON.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '@redthread/core/errors';
import { writeWhole } from './whole-file.js';

export interface ManifestFile<Manifest> {
  /** Its name in the folder. */
  readonly name: string;
  /** Errors: INTERNAL for what would not be read again; DISK_FULL, those of the file system. */
  write(folder: string, manifest: Manifest): void;
  /** Null: there is none. Errors, naming the file: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
  read(folder: string): Manifest | null;
}

/** `version` rises when a field changes its meaning. */
export const manifestFile = <Schema extends z.ZodType>(
  schema: Schema,
  { magic, version }: { readonly magic: string; readonly version: number },
): ManifestFile<z.output<Schema>> => {
  const name = 'manifest';
  return {
    name,
    write: (folder, manifest) => {
      const path = join(folder, name);
      const checked = schema.safeParse(manifest);
      if (!checked.success) throw fail('INTERNAL', `${path} is not written: ${z.prettifyError(checked.error)}`);
      const body = `${JSON.stringify(checked.data, null, 1)}\n`;
      const text = Buffer.from(`${magic} ${version} ${digestOf(body)}\n${body}`);
      writeWhole(path, (file) => file.write(text, 0));
    },
    read: (folder) => {
      const path = join(folder, name);
      const text = readIfThere(path);
      if (text === null) return null;
      const body = bodyOf(path, text, magic, version);
      const parsed = schema.safeParse(JSON.parse(body));
      if (!parsed.success) throw fail('INDEX_FILE_INVALID', `${path}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    },
  };
};

const bodyOf = (path: string, text: string, magic: string, version: number): string => {
  const end = text.indexOf('\n');
  const [foundMagic, foundVersion, digest] = text.slice(0, Math.max(0, end)).split(' ');
  if (foundMagic !== magic)
    throw fail('INDEX_FILE_INVALID', `${path}: begins with ${JSON.stringify(text.slice(0, magic.length))}`);
  if (foundVersion !== String(version))
    throw fail('INDEX_VERSION_UNSUPPORTED', `${path}: version ${foundVersion}, this program reads ${version}`);
  const body = text.slice(end + 1);
  if (digestOf(body) !== digest)
    throw fail('INDEX_CHECKSUM_MISMATCH', `${path}: has ${digestOf(body)} instead of ${digest}`);
  return body;
};

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const readIfThere = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw fail('INDEX_FILE_INVALID', `${path}: ${message}`, { cause: error });
  }
};
