// Public door of the snapshots.
export { forgetForeignFeed, knownSnapshot, loadSnapshot, saveSnapshot, type SavePlace } from './snapshots.js';
