// Public door of the outcomes.
export { outcomeRoutes } from './routes.js';
export { releaseOutcome } from './service.js';
