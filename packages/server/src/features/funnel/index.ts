// Public door of the funnel: its scopes and definition (what lists of items are read from), its service and commands.
export {
  ACROSS,
  classifiedFor,
  countingHit,
  NEGATIVE_IN_FORCE,
  NEVER_HITS,
  planScope,
  scopeItems,
  STACK,
  TAKEN_FOR_NONE,
  visibleMedia,
  filesOfMedia,
} from './definition.js';
export { inScope, requireScope, scopeOf, type Scope, type ScopeInput } from './scope.js';
export { readInScope } from './read-in-scope.js';
export { funnelRoutes } from './routes.js';
export { funnelLines } from './print.js';
export { resolveScope } from './resolve.js';
export { funnelOf, readFunnel } from './service.js';
