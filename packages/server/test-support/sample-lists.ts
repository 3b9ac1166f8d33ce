// The samples of lists that were made independently of us, and what their makers say of them: for tests.
import { createReadStream, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HEAD_BYTES, readList, type ListEntry, type ListSource, type Products } from '../src/formats/lists/index.js';

/** Undefined where the samples are not beside the project. */
export const FOLDER = ['../../../../shared', '../../../../../shared']
  .map((path) => fileURLToPath(new URL(`${path}/data/formats/`, import.meta.url)))
  .find((path) => existsSync(`${path}truth.json`));

export type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
export const truth: Json =
  FOLDER === undefined ? { files: {} } : (JSON.parse(readFileSync(`${FOLDER}truth.json`, 'utf8')) as Json);

export const sourceOf = (name: string, chunkBytes: number, products?: Products): ListSource => {
  const path = `${FOLDER}${name}`;
  const head = Buffer.alloc(HEAD_BYTES);
  const length = readSync(openSync(path, 'r'), head, 0, HEAD_BYTES, 0);
  return {
    head: head.subarray(0, length),
    open: () => createReadStream(path, { highWaterMark: chunkBytes }),
    path,
    ...(products === undefined ? {} : { products }),
  };
};

export const readAll = async (name: string, chunkBytes = 65_536, products?: Products) => {
  const { header, notes, entries } = await readList(sourceOf(name, chunkBytes, products));
  const all: ListEntry[] = [];
  for await (const batch of entries) all.push(...batch);
  return { header, entries: all, notes: notes.all() };
};

export const expected = (name: string): Json => (truth['files'] as Json)[name].expect as Json;
