// Public door of the reviews.
export { reviewRoutes } from './routes.js';
export { requireReview } from './service.js';
