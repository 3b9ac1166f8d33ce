// Public door of what is at risk now.
export { ENDS_AT_RISK, MEDIA_AT_RISK } from './first.js';
export { atRiskRoutes } from './routes.js';
export { markAtRisk } from './service.js';
