// Public door of the notices.
export { countUnread } from './queries.js';
export { noticeRoutes } from './routes.js';
