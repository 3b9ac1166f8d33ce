// A list of pairs to compare: two columns with paths, the first line may be a head line.
import { readFile } from 'node:fs/promises';
import { fail } from '@redthread/core/errors';

export interface FilePair {
  readonly a: string;
  readonly b: string;
}

const HEAD = /^"?(a|first|left|file_?a)"?$/i;

/** Splits at the first separator outside quotes; a doubled quote inside quotes is a quote (RFC 4180). */
const cells = (line: string, separator: string): string[] => {
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '"' && quoted && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      found.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...found, cell];
};

/** Errors: SOURCE_UNREADABLE; ARGUMENT_INVALID, naming the line that is not a pair. */
export const readPairs = async (file: string): Promise<FilePair[]> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw fail('SOURCE_UNREADABLE', file, { cause });
  });
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = [';', '\t', ','].find((one) => lines[0]?.includes(one)) ?? ',';
  return lines.flatMap((line, position): FilePair[] => {
    if (line.trim() === '') return [];
    const [a, b] = cells(line, separator).map((cell) => cell.trim());
    if (position === 0 && a !== undefined && HEAD.test(a)) return [];
    if (a === undefined || a === '' || b === undefined || b === '')
      throw fail('ARGUMENT_INVALID', `${file} line ${position + 1}: two paths are expected`, { pointer: 'pairs' });
    return [{ a, b }];
  });
};
