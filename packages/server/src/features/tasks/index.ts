// Public door of the tasks.
export { taskRoutes } from './routes.js';
export { addTask, stepTask } from './service.js';
