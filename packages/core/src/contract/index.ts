// Public door of the contract: the zod schemas from which server, command line and web take their types.
export * from './access.js';
export * from './account.js';
export * from './administration.js';
export * from './comparison.js';
export * from './connections.js';
export * from './entities.js';
export * from './contacts.js';
export * from './ingest.js';
export * from './legal-basis.js';
export * from './media.js';
export * from './pack.js';
export * from './primitives.js';
export * from './requests.js';
export * from './schemes.js';
export * from './self-test.js';
export * from './verdicts.js';
export * from './work.js';
