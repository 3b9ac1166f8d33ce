// What is said of the provider who reported the files of an exhibit: which of them it has viewed. A file that it has not viewed
// is compared by its digests and opened by nobody before a legal basis is recorded (docs/legal-gates.md).
import { fail } from '../errors/index.js';

/** By path within the exhibit; null: nothing is said. */
export type Viewing = (path: string) => boolean | null;

export const nothingSaid: Viewing = () => null;
export const noneViewed: Viewing = () => false;

const WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  1: true,
  viewed: true,
  no: false,
  false: false,
  0: false,
  'not viewed': false,
};
const HEAD = /^"?path"?\s*[,;\t]/i;

/** The path, and what stands after the last separator outside quotes. */
const LINE = /^(?:"((?:[^"]|"")*)"|(.*?))\s*[,;\t]\s*"?([^",;\t]*)"?\s*$/;

/**
 * Lines `path,viewed`, paths as the exhibit shows them. What an archive holds follows the archive where it is not named itself;
 * a file of which nothing is said counts as not viewed. Errors: ARGUMENT_INVALID, naming `file` and the line.
 */
export const viewingListOf = (text: string, file: string): Viewing => {
  const said = new Map<string, boolean>();
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((line, position) => {
      if (line.trim() === '' || (position === 0 && HEAD.test(line))) return;
      const [, quoted, plain, word = ''] = LINE.exec(line) ?? [];
      const path = quoted?.replaceAll('""', '"') ?? plain ?? '';
      const viewed = WORDS[word.toLowerCase()];
      if (path === '' || viewed === undefined)
        throw fail('ARGUMENT_INVALID', `${file} line ${position + 1}: a path and yes or no are expected`, {
          pointer: 'provider-viewed',
        });
      // Named twice, the stricter word holds.
      said.set(path, viewed && said.get(path) !== false);
    });
  return (path) => {
    for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
      const viewed = said.get(part);
      if (viewed !== undefined) return viewed;
    }
    return false;
  };
};
