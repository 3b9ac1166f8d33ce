// Public door of contribution packages.
export { packageRoutes } from './routes.js';
export { addPeer, makeKey } from './keys.js';
