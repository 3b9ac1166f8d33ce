// Public door of the schemes.
export { schemeRoutes } from './routes.js';
export { schemesHere } from './service.js';
