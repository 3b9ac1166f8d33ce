// Puts finished files into an exhibit: a folder with its times set, a ZIP, or a gzipped TAR; archives inside first.
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTar, gzip } from '../archive/tar.js';
import { createZip } from '../archive/zip.js';
import type { ExhibitKind } from './cast.js';

export interface ExhibitFile {
  readonly path: string;
  readonly data: Buffer;
  readonly modifiedMs: number;
}

const isPacked = (path: string): boolean => /\.(jpe?g|png|webp|avif|gif|zip|gz|mp4|webm)$/i.test(path);

/** An archive of the given kind with these files, in this order. */
export const packFiles = (kind: Exclude<ExhibitKind, 'folder'>, files: readonly ExhibitFile[]): Buffer =>
  kind === 'zip'
    ? createZip(
        files.map(({ path, data, modifiedMs }) => ({ name: path, data, modifiedMs, compress: !isPacked(path) })),
      )
    : gzip(createTar(files.map(({ path, data, modifiedMs }) => ({ name: path, data, modifiedMs }))));

/** Where an exhibit of a kind lies, relative to the folder of its case. */
export const exhibitFileName = (reference: string, kind: ExhibitKind): string =>
  kind === 'folder' ? reference : `${reference}.${kind}`;

export const writeExhibit = async (target: string, kind: ExhibitKind, files: readonly ExhibitFile[]): Promise<void> => {
  if (kind !== 'folder') {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, packFiles(kind, files));
    return;
  }
  for (const { path, data, modifiedMs } of files) {
    const full = join(target, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, data);
    await utimes(full, modifiedMs / 1000, modifiedMs / 1000);
  }
};
