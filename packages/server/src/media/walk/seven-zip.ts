// Entries of a 7z archive, and of a RAR where the 7-Zip of the machine reads it: listed first, then all of them out of one stream, since what
// is packed together can only be unpacked in order. The program runs in a child, and names never reach a disk.
import { crc32 } from 'node:zlib';
import { Readable } from 'node:stream';
import { fail } from '@redthread/core/errors';
import { programPath } from '../child/program-path.js';
import { ProgramFailure, programLines, programText, runProgram, type ProgramRun } from '../child/run-program.js';
import type { ExpansionBudget } from './budget.js';
import { problem, type Content, type WalkEntry } from './entry.js';
import { entryMaker, type Place } from './place.js';
import type { RandomAccess } from './random-access.js';
import { listedFiles, type ListedEntry } from './seven-zip-list.js';
import { systemFiles, type SystemFiles } from './system-file.js';
import type { ItemProblem } from './types.js';

/** As much as the largest dictionaries that people use; a file made to take more is not opened. */
const MEMORY_MB = 1_536;
const SILENCE_MS = 10 * 60_000;
/** As an argument of a program. */
const LONGEST_NAME_BYTES = 32 * 1024;

export const sevenZipEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const program = programPath('7zz') ?? programPath('7z');
  if (program === null) throw fail('ARCHIVE_PROGRAM_MISSING', 'there is neither 7zz nor 7z on the PATH');
  const files = await systemFiles([{ name: 'archive.7z', source: place.filePath ?? access }]);
  const archive = new SevenZip(program, files, place.passwords);
  let stream: PackedStream | null = null;
  try {
    const make = entryMaker(place, true);
    const listed = await archive.list(place.budget);
    const isLocked = listed.some(({ isEncrypted }) => isEncrypted);
    const { password, isUntested } = isLocked ? await archive.passwordFor(listed) : UNLOCKED;
    const shut = isLocked && password === null ? shutFor(place.passwords.length, isUntested) : null;
    stream = new PackedStream(() => archive.unpack(password ?? ''), isLocked);
    let at = 0;
    let isBehindBomb = false;
    for (const entry of listed) {
      const from = at;
      at += entry.sizeBytes;
      if (entry.kind === 'folder') continue;
      const failure = isBehindBomb ? BEHIND_BOMB : failureOf(entry, shut, access.sizeBytes, place);
      // What comes next is reached only through it.
      isBehindBomb ||= place.budget.isBomb(access.sizeBytes, entry.sizeBytes);
      if (failure === null || (entry.kind === 'link' && !isBehindBomb)) place.budget.expand(entry.sizeBytes);
      const { name, sizeBytes, sourceTimes } = entry;
      yield make({ name, sizeBytes, sourceTimes, failure }, stream.content(from, entry));
    }
  } catch (error) {
    throw sevenZipError(error);
  } finally {
    await stream?.close();
    files.close();
  }
};

const UNLOCKED: Fit = { password: null, isUntested: false };
const BEHIND_BOMB = problem('ARCHIVE_BOMB', 'it lies behind an entry that expands too far');

const shutFor = (passwords: number, isUntested: boolean): ItemProblem => {
  const tried = isUntested
    ? 'whether a password fits could not be tested'
    : `none of the ${passwords} passwords that were given fits`;
  return problem('ARCHIVE_ENCRYPTED', passwords === 0 ? 'protected by a password' : tried);
};

const failureOf = (
  { kind, isEncrypted, sizeBytes }: ListedEntry,
  shut: ItemProblem | null,
  archiveBytes: number,
  { budget }: Place,
): ItemProblem | null => {
  if (kind === 'link') return problem('LINK_SKIPPED', 'a symbolic link in the archive');
  if (isEncrypted && shut !== null) return shut;
  if (budget.isBomb(archiveBytes, sizeBytes))
    return problem('ARCHIVE_BOMB', `${archiveBytes} bytes expand to ${sizeBytes}`);
  return null;
};

interface Fit {
  /** Null where none fits. */
  readonly password: string | null;
  /** A test was given up. */
  readonly isUntested: boolean;
}

class SevenZip {
  readonly #program: string;
  readonly #files: SystemFiles;
  readonly #passwords: readonly string[];

  constructor(program: string, files: SystemFiles, passwords: readonly string[]) {
    this.#program = program;
    this.#files = files;
    this.#passwords = passwords;
  }

  /** Where names are locked too, by the first password that shows them. Errors: ARCHIVE_ENCRYPTED, ARCHIVE_BOMB, ProgramFailure. */
  async list(budget: ExpansionBudget): Promise<ListedEntry[]> {
    let refused: unknown = null;
    for (const password of ['', ...this.#passwords]) {
      try {
        const entries: ListedEntry[] = [];
        for await (const entry of listedFiles(programLines(this.#run(['l', '-slt', '-ba'], password)))) {
          budget.enter();
          entries.push(entry);
        }
        return entries;
      } catch (error) {
        if (!isWrongPassword(error)) throw error;
        refused = error;
      }
    }
    throw fail(
      'ARCHIVE_ENCRYPTED',
      this.#passwords.length === 0
        ? 'its names are protected by a password'
        : `its names are protected, and none of the ${this.#passwords.length} passwords that were given fits`,
      { cause: refused },
    );
  }

  /** Tried on the smallest of what is locked. Errors: ProgramFailure. */
  async passwordFor(listed: readonly ListedEntry[]): Promise<Fit> {
    const smallest = smallestLocked(listed);
    for (const password of this.#passwords) {
      try {
        await this.#test(password, smallest);
        return { password, isUntested: false };
      } catch (error) {
        // One that does not fit is seen soon: the others would not say more.
        if (isSilence(error)) return { password: null, isUntested: true };
        if (!isWrongPassword(error)) throw error;
      }
    }
    return { password: null, isUntested: false };
  }

  /** Names are not always listed as they are stored: then everything is tested. */
  async #test(password: string, name: string | null): Promise<void> {
    if (name !== null) {
      const said = await programText(this.#run(['t', '-spd'], password, [name]));
      if (!said.includes('No files to process')) return;
    }
    await programText(this.#run(['t'], password));
  }

  unpack(password: string): Readable {
    return runProgram(this.#run(['x', '-so', '-y'], password));
  }

  /** A password goes through the standard input, where the program asks for it. */
  #run(command: readonly string[], password: string, names: readonly string[] = []): ProgramRun {
    return {
      file: this.#program,
      args: [...command, '-sccUTF-8', '-bsp0', '-mmt1', '--', ...this.#files.paths, ...names],
      memoryMb: MEMORY_MB,
      silenceMs: SILENCE_MS,
      descriptors: this.#files.descriptors,
      input: `${password}\n`,
      env: { TZ: 'UTC' },
    };
  }
}

/** By a name that the program takes for nothing else (`@` begins that of a list). */
const smallestLocked = (listed: readonly ListedEntry[]): string | null => {
  let smallest: ListedEntry | null = null;
  for (const entry of listed) {
    const { name, kind, isEncrypted, sizeBytes, checksum } = entry;
    if (kind !== 'file' || !isEncrypted || checksum === null || !(sizeBytes > 0)) continue;
    if (name.startsWith('@') || name.includes('\0') || Buffer.byteLength(name) > LONGEST_NAME_BYTES) continue;
    if (smallest === null || sizeBytes < smallest.sizeBytes) smallest = entry;
  }
  return smallest?.name ?? null;
};

const isSilence = (error: unknown): boolean => error instanceof ProgramFailure && error.reason === 'silence';

const isWrongPassword = (error: unknown): boolean =>
  error instanceof ProgramFailure && error.reason === 'exit' && /wrong password|encrypted/i.test(error.said);

const sevenZipError = (error: unknown): unknown => {
  if (!(error instanceof ProgramFailure)) return error;
  if (error.reason === 'memory') return fail('ARCHIVE_BOMB', `unpacking it takes more than ${MEMORY_MB} MB`);
  if (/cannot open the file as|is not archive|unsupported method/i.test(error.said))
    return fail('ARCHIVE_METHOD_UNSUPPORTED', 'the 7-Zip of this machine does not read it');
  return fail('ARCHIVE_CORRUPT', 'its structure or its packed data is damaged', { cause: error });
};

/** All that is packed, in the order of the list, read as far as it is asked for. */
class PackedStream {
  readonly #begin: () => Readable;
  readonly #isLocked: boolean;
  #source: Readable | null = null;
  #pieces: AsyncIterator<Buffer> | null = null;
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(begin: () => Readable, isLocked: boolean) {
    this.#begin = begin;
    this.#isLocked = isLocked;
  }

  content(from: number, entry: ListedEntry): Content {
    return { open: async () => Readable.from(this.#read(from, entry), { objectMode: false }) };
  }

  async close(): Promise<void> {
    this.#source?.destroy();
  }

  async *#read(from: number, { sizeBytes, checksum, isEncrypted }: ListedEntry): AsyncGenerator<Buffer> {
    if (this.#pieces === null) {
      this.#source = this.#begin();
      this.#pieces = (this.#source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    }
    if (from < this.#at) throw fail('ARCHIVE_CORRUPT', 'the entry was read before');
    let seen = 0;
    try {
      while (this.#at < from) await this.#next(from - this.#at);
      for (let left = sizeBytes; left > 0;) {
        const piece = await this.#next(left);
        left -= piece.length;
        seen = crc32(piece, seen);
        yield piece;
      }
    } catch (error) {
      throw sevenZipError(error);
    }
    if (checksum === null || checksum === seen) return;
    const isShut = isEncrypted && this.#isLocked;
    throw fail(isShut ? 'ARCHIVE_ENCRYPTED' : 'ARCHIVE_CORRUPT', 'the entry fails its checksum');
  }

  async #next(atMost: number): Promise<Buffer> {
    if (this.#rest.length === 0) {
      const { value, done } = await this.#pieces!.next();
      if (done === true) throw fail('ARCHIVE_CORRUPT', 'it ends early');
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, atMost);
    this.#rest = this.#rest.subarray(piece.length);
    this.#at += piece.length;
    return piece;
  }
}
