// Public door of sending: what every sender of an exhibit does alike, on whatever machine, and what a walk shares with it.
export { judge, type Verdict } from './earlier-entry.js';
export { createLimiter, type Limiter } from './limiter.js';
export {
  createPatientClient,
  type Answer,
  type Call,
  type PatientClient,
  type PatientClientOptions,
} from './patient-client.js';
export { escapeControls, printable, safeArchivePath, safeSegment, UniquePaths, type SafePath } from './safe-path.js';
export { sendContents, type Find, type Sendable, type SendTarget } from './send-contents.js';
export { Sha256 } from './sha256.js';
export { noneViewed, nothingSaid, viewingListOf, type Viewing } from './viewing.js';
