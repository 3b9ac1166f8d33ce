// Public door of the exchange: exports for other programs, and the ledger of what was given.
export { exchangeRoutes } from './routes.js';
