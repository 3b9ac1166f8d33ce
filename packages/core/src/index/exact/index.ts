// Exact lists: digests on disk, found by at most one short read. See docs/exact-lists.md.
export { crc32, type ByteSink, type ByteSource, type Checksum } from './bytes.js';
export { DIGEST_BYTES, DIGEST_KINDS, kindOfBytes, kindOfDigest, type DigestKind } from './digest-kind.js';
export { HEADER_BYTES, PAGE_BYTES, RUN_VERSION, type RunHeader } from './layout.js';
export { encodeLists, LIST_ID, MOST_LISTS, POLARITIES, type ExactList, type Polarity } from './list-table.js';
export { ExactLookup, type Asker, type ExactHit, type ExactView } from './lookup.js';
export { checkSameList, mergeRuns, runsToMerge, unionOfLists, type MergeInput } from './merge.js';
export { RunCursor } from './run-cursor.js';
export { isTombstone, rawBytesOf, RunWriter, tagOf, type RunPlan } from './run-writer.js';
export { ExactRun } from './run.js';
export { compareRaw, sortedOrder, type RawEntries } from './sort.js';
