// Public door of the snapshots.
export { forgetForeignFeed, knownSnapshot, loadSnapshot, saveSnapshot, type SnapshotPlace } from './snapshots.js';
