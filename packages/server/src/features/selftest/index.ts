// Public door of the self-test.
export { selfTestRoutes } from './routes.js';
export { readLastSelfTest } from './queries.js';
export { runSelfTest, SELF_TEST_DEFAULTS, type SelfTestInput } from './run.js';
export { keepSelfTest, lastSelfTest } from './service.js';
export { promisedCopies, selfTestStatement } from './statement.js';
