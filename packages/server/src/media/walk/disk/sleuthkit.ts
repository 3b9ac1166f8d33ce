// The programs of sleuthkit over one image: which partitions and file systems it has, which files, and the bytes of each.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { fail, isRedthreadError, type ItemErrorCode, type RedthreadError } from '@redthread/core/errors';
import { programPath } from '../../child/program-path.js';
import { ProgramFailure, programLines, programText, runProgram, type ProgramRun } from '../../child/run-program.js';
import { systemFiles, type SystemFiles } from '../system-file.js';
import { fileOf, firstPlaceOf, partitionsOf, type ListedFile, type PartitionTable } from './lines.js';
import type { ImageParts } from './parts.js';

export interface FileSystem {
  readonly type: string;
  readonly startSector: number;
  readonly sectorBytes: number;
}

export interface DiskDigests {
  readonly sizeBytes: number;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

const PROGRAMS = ['mmls', 'fsstat', 'fls', 'icat', 'istat', 'blkstat', 'img_cat'] as const;
type Program = (typeof PROGRAMS)[number];

/** Lists of a large disk are made in memory. */
const MEMORY_MB = 2_048;
/** A disk of terabytes is gone through for orphans before the first of them is printed. */
const LISTING_SILENCE_MS = 4 * 3_600_000;
const SILENCE_MS = 10 * 60_000;

/** Errors: DISK_PROGRAM_MISSING. */
export const requireSleuthkit = (): void => {
  const missing = PROGRAMS.filter((name) => programPath(name) === null);
  if (missing.length > 0) throw fail('DISK_PROGRAM_MISSING', `there is no ${missing.join(', ')} on the PATH`);
};

export class Sleuthkit {
  readonly #files: SystemFiles;
  readonly #format: string;
  #hashed: Readable | null = null;

  private constructor(files: SystemFiles, format: string) {
    this.#files = files;
    this.#format = format;
  }

  /** The caller closes it. Errors: DISK_PROGRAM_MISSING, DISK_FULL, FILE_UNREADABLE. */
  static async open({ format, sources }: ImageParts): Promise<Sleuthkit> {
    requireSleuthkit();
    const names = sources.map((source, index) => ({ name: partName(format, index), source }));
    return new Sleuthkit(await systemFiles(names), format);
  }

  close(): void {
    this.#hashed?.destroy();
    this.#files.close();
  }

  /** Null where none is known there. Errors: ARCHIVE_ENCRYPTED. */
  async fileSystem(startSector: number, sectorBytes: number): Promise<FileSystem | null> {
    const at = ['-o', String(startSector), '-b', String(sectorBytes)];
    try {
      const type = (await programText(this.#run('fsstat', ['-t', ...at]))).trim();
      return /^[a-z0-9+_]{2,20}$/.test(type) ? { type, startSector, sectorBytes } : null;
    } catch (error) {
      if (error instanceof ProgramFailure && /encrypt|bitlocker|luks/i.test(error.said))
        throw fail('ARCHIVE_ENCRYPTED', 'the file system is encrypted');
      if (error instanceof ProgramFailure && error.reason === 'exit') return null;
      throw diskError(error);
    }
  }

  /** No partitions where there is no table. */
  async partitions(): Promise<PartitionTable> {
    try {
      return partitionsOf(await programText(this.#run('mmls', [])));
    } catch (error) {
      if (error instanceof ProgramFailure && error.reason === 'exit') return { sectorBytes: 512, partitions: [] };
      throw diskError(error);
    }
  }

  /** Deleted ones too. Errors: DISK_IMAGE_CORRUPT, after what could be listed. */
  async *files({ type, startSector, sectorBytes }: FileSystem): AsyncGenerator<ListedFile> {
    const args = ['-r', '-p', '-l', '-z', 'UTC', '-f', type, '-o', String(startSector), '-b', String(sectorBytes)];
    try {
      for await (const line of programLines(this.#run('fls', args, LISTING_SILENCE_MS))) {
        const file = fileOf(line, type);
        if (file !== null) yield file;
      }
    } catch (error) {
      throw diskError(error);
    }
  }

  /** Whether the first place of a deleted file belongs to another file by now. */
  async isTaken({ type, startSector, sectorBytes }: FileSystem, address: string): Promise<boolean> {
    const at = ['-f', type, '-o', String(startSector), '-b', String(sectorBytes)];
    const place = firstPlaceOf(await programText(this.#run('istat', at, SILENCE_MS, [address])).catch(() => ''));
    if (place === null) return false;
    return /^Allocated/m.test(await programText(this.#run('blkstat', at, SILENCE_MS, [place])).catch(() => ''));
  }

  /** The stream fails with a ProgramFailure. */
  content({ type, startSector, sectorBytes }: FileSystem, address: string, isDeleted: boolean): Readable {
    const args = [...(isDeleted ? ['-r'] : []), '-f', type, '-o', String(startSector), '-b', String(sectorBytes)];
    return runProgram(this.#run('icat', args, SILENCE_MS, [address]));
  }

  /** Goes through the whole disk, until it is closed. Errors: DISK_IMAGE_CORRUPT; ARCHIVE_BOMB where so many bytes `isBomb`. */
  async digests(isBomb: (sizeBytes: number) => boolean): Promise<DiskDigests> {
    const hashes = (['md5', 'sha1', 'sha256'] as const).map((name) => createHash(name));
    let sizeBytes = 0;
    try {
      this.#hashed = runProgram(this.#run('img_cat', []));
      for await (const piece of this.#hashed as AsyncIterable<Buffer>) {
        sizeBytes += piece.length;
        if (isBomb(sizeBytes)) throw fail('ARCHIVE_BOMB', `the image expands to more than ${sizeBytes} bytes`);
        for (const hash of hashes) hash.update(piece);
      }
    } catch (error) {
      throw diskError(error);
    }
    const [md5, sha1, sha256] = hashes.map((hash) => hash.digest('hex')) as [string, string, string];
    return { sizeBytes, md5, sha1, sha256 };
  }

  #run(program: Program, args: readonly string[], silenceMs = SILENCE_MS, rest: readonly string[] = []): ProgramRun {
    return {
      file: programPath(program) ?? program,
      args: [...args, '-i', this.#format, ...this.#files.paths, ...rest],
      memoryMb: MEMORY_MB,
      silenceMs,
      descriptors: this.#files.descriptors,
    };
  }
}

/** Names that the programs take for parts of one image. */
const partName = (format: ImageParts['format'], index: number): string =>
  format === 'raw'
    ? `image.${String(index + 1).padStart(3, '0')}`
    : index < 99
      ? `image.E${String(index + 1).padStart(2, '0')}`
      : `image.part${index + 1}`;

export const diskError = (error: unknown, code: ItemErrorCode = 'DISK_IMAGE_CORRUPT'): RedthreadError => {
  if (isRedthreadError(error)) return error;
  if (!(error instanceof ProgramFailure)) throw error;
  const { reason, said } = error;
  if (reason === 'memory') return fail('DISK_IMAGE_CORRUPT', `reading it takes more than ${MEMORY_MB} MB`);
  if (reason === 'silence') return fail('DISK_IMAGE_CORRUPT', 'reading it makes no way');
  return fail(code, said.split('\n').at(-1)?.slice(0, 200) ?? reason, { cause: error });
};
