// Public door of the exhibits: registering, ingesting, and what a viewer sees of them.
export { completeExhibits } from './completion.js';
export { plainAccess, readPlain } from './ingest/plain-file.js';
export { diskImageWords } from './disk-image-words.js';
export { ingestExhibit, type IngestOptions } from './ingest-exhibit.js';
export { createIntake, type Intake } from './receive/intake.js';
export type { IntakeDoor, IntakeOrder, IntakeReply } from './receive/intake-orders.js';
export { endSilentRuns } from './receive/run-access.js';
export { ingestRoutes } from './ingest-routes.js';
export { keepProcessing } from './processing.js';
export { areParted, readProgress } from './progress.js';
export { readExhibits, readFailures } from './queries.js';
export { exhibitRoutes } from './routes.js';
export type { Source } from './source.js';
