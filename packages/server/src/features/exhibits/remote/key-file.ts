// The API key of a sender, from a file that nobody else may read: an argument would stand in the list of processes and
// in the history of the shell.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { fail, saying } from '@redthread/core/errors';
import { Secret } from '../../../app/secret.js';

const OTHERS = 0o077;
const LONGEST_BYTES = 4096;

/** Errors: KEY_FILE_INVALID, KEY_FILE_EXPOSED. */
export const readKeyFile = (path: string, uid = process.getuid?.()): Secret => {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw fail('KEY_FILE_INVALID', saying`${path} (${(cause as NodeJS.ErrnoException).code ?? 'cannot be read'})`, {
      cause,
    });
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > LONGEST_BYTES)
      throw fail('KEY_FILE_INVALID', saying`${path} is no small plain file`);
    if (uid !== undefined && stat.uid !== uid && stat.uid !== 0)
      throw fail('KEY_FILE_EXPOSED', saying`${path} belongs to somebody else`);
    if ((stat.mode & OTHERS) !== 0)
      throw fail('KEY_FILE_EXPOSED', saying`${path} has the mode ${(stat.mode & 0o777).toString(8).padStart(3, '0')}`);
    const text = readFileSync(file, 'utf8').trim();
    if (!/^rt_[A-Za-z0-9_-]{43}$/.test(text)) throw fail('KEY_FILE_INVALID', path);
    return new Secret(text);
  } finally {
    closeSync(file);
  }
};
