// Public door of the exhibits: registering, ingesting, and how far they are.
export { completeExhibits } from './completion.js';
export { readPlain } from './ingest/plain-file.js';
export { ingestExhibit, type IngestOptions, type IngestResult } from './ingest-exhibit.js';
export { keepProcessing, type Processing } from './processing.js';
export { readProgress, type ExhibitProgress } from './progress.js';
export { registerExhibit, type RegisteredExhibit, type RegisterExhibit } from './service.js';
export { openSource, type Source, type SourceKind } from './source.js';
