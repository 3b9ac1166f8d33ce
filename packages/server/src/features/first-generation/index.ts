// Public door of the queue of what may be first generation.
export { firstGenerationRoutes } from './routes.js';
export { firstGeneration } from './service.js';
