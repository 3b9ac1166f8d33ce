// Public door of the exact lists on disk. See docs/exact-lists.md.
export { ExactLists, type ExactListsView, type MediaDigests } from './exact-lists.js';
export { ExactListWriter, type EntryCollector, type WriterOptions } from './writer.js';
export type { RunRecord } from './manifest.js';
