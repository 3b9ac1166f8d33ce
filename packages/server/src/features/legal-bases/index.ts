// Public door of the legal bases.
export { legalBasisRoutes } from './routes.js';
