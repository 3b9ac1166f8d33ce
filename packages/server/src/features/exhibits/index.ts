// Public door of the exhibits: registering, ingesting, and what a viewer sees of them.
export { completeExhibits } from './completion.js';
export { readPlain } from './ingest/plain-file.js';
export { ingestExhibit, type IngestOptions } from './ingest-exhibit.js';
export { keepProcessing } from './processing.js';
export { readProgress } from './progress.js';
export { exhibitRoutes } from './routes.js';
export type { Source } from './source.js';
