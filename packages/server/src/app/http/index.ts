// Public door of the HTTP side: the server, and what the routes of features are declared with.
export { buildHttp, type HttpOptions } from './server.js';
export type { AskReadiness, MatcherState, Readiness } from './health.js';
