// Public door of the lists.
export { listRoutes } from './routes.js';
export { hashListReader } from './parse.js';
export { importList, listLists, showList, type ListImport } from './service.js';
