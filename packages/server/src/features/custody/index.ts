// Public door of custody.
export { byActor, writeCustody, type CustodyFact } from './entries.js';
export { readCustody } from './queries.js';
export { custodyRoutes } from './routes.js';
export { listCustody } from './service.js';
