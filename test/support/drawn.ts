// Drawn rooms that several files of tests use: drawing one takes a second and more, so each is drawn once in a run of the tier.
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { drawJpeg } from '@redthread/synth';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the rooms that were drawn in this run. */
    readonly drawn: string;
  }
}

/** Before the first file of the tier: an empty folder. Answers what removes it after the last. */
export default (project: TestProject): (() => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-drawn-'));
  project.provide('drawn', folder);
  return () => rm(folder, { recursive: true, force: true });
};

/** The JPEG that `drawJpeg` draws of the same. */
export const drawnRoom = async (room: Parameters<typeof drawJpeg>[0]): Promise<Buffer> => {
  const name = createHash('sha256').update(JSON.stringify(room)).digest('hex');
  const path = join(inject('drawn'), `${name}.jpg`);
  const known = await readFile(path).catch(() => null);
  if (known !== null) return known;
  const jpeg = Buffer.from(await drawJpeg(room));
  const part = `${path}.${process.pid}`;
  await writeFile(part, jpeg);
  await rename(part, path);
  return jpeg;
};
