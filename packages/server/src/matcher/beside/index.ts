import type { Kysely } from 'kysely';
import { FILM_INDEX_METHODS } from '@redthread/core/graph';
import { localFeatures } from '@redthread/core/signals';
import { entryPath } from '../../app/entry-path.js';
import type { Database } from '../../store/index.js';
import { BesideIndex } from './beside-index.js';

export { BesideIndex } from './beside-index.js';

/** Local features of pictures, by visual words: 5 MB a page. */
export const partIndex = (db: Kysely<Database>): BesideIndex =>
  new BesideIndex(db, { entry: entryPath(import.meta.url, './part-thread.js'), methods: [localFeatures], page: 100 });

/** Frames, features of key frames and words of sound. */
export const filmIndex = (db: Kysely<Database>): BesideIndex =>
  new BesideIndex(db, { entry: entryPath(import.meta.url, './film-thread.js'), methods: FILM_INDEX_METHODS, page: 20 });
