// Passwords for what is locked in an exhibit: from a file that nobody else may read, or typed in; an argument would stand in the list of processes.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { fail, saying } from '@redthread/core/errors';
import { readSecret } from '../accounts/index.js';

const OTHERS = 0o077;
const LONGEST_BYTES = 4 * 2 ** 20;
const MOST = 10_000;

/** A password a line, as it stands there. Errors: PASSWORD_FILE_INVALID. */
export const readPasswordFile = (path: string, uid = process.getuid?.()): readonly string[] => {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const { code = 'cannot be read' } = cause as NodeJS.ErrnoException;
    throw fail('PASSWORD_FILE_INVALID', saying`${path} (${code})`, { cause });
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > LONGEST_BYTES)
      throw fail('PASSWORD_FILE_INVALID', saying`${path} is no small plain file`);
    if (uid !== undefined && stat.uid !== uid && stat.uid !== 0)
      throw fail('PASSWORD_FILE_INVALID', saying`${path} belongs to somebody else`);
    if ((stat.mode & OTHERS) !== 0)
      throw fail(
        'PASSWORD_FILE_INVALID',
        saying`${path} has the mode ${(stat.mode & 0o777).toString(8).padStart(3, '0')}`,
      );
    const lines = readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/);
    const passwords = [...new Set(lines.filter((line) => line !== ''))];
    if (passwords.length === 0) throw fail('PASSWORD_FILE_INVALID', saying`${path} holds no password`);
    if (passwords.length > MOST)
      throw fail('PASSWORD_FILE_INVALID', saying`${path} holds ${passwords.length} passwords, ${MOST} may be tried`);
    return passwords;
  } finally {
    closeSync(file);
  }
};

/** What the options of an ingest give; a password that is typed is tried first. Errors: PASSWORD_FILE_INVALID, ARGUMENT_INVALID. */
export const passwordsOf = async (flags: {
  readonly passwordFile?: string;
  readonly askPassword?: boolean;
}): Promise<readonly string[]> => [
  ...(flags.askPassword === true ? [await readSecret('Password of the archives', false, '--password-file')] : []),
  ...(flags.passwordFile === undefined ? [] : readPasswordFile(flags.passwordFile)),
];
