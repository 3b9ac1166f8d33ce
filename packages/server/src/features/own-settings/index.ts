// Public door of what people keep for their own screens.
export { ownSettingRoutes } from './routes.js';
export { keepOwn, readOwn } from './service.js';
