// Public door of the exact lists on disk. See docs/exact-lists.md and docs/lists.md.
export { ExactLists, type ExactListsView, type MediaDigests } from './exact-lists.js';
export { ExactListWriter, type EntryCollector, type WriterOptions } from './writer.js';
export type { RunRecord } from './manifest.js';
export { EntriesFile } from './versions/entries-file.js';
export { gather, type Gathering, type GatheringPlan } from './versions/gathering.js';
export { VersionFolder, VersionFolders, type VersionContents } from './versions/version-folder.js';
export { VersionWriter, type VersionCounts } from './versions/version-writer.js';
