// Public door of the lists.
export { listRoutes } from './routes.js';
export { importList } from './import.js';
export { listByName } from './service.js';
export { createListIntake, type ListIntake } from './uploads/list-intake.js';
export type { ListDoor, ListOrder } from './uploads/service.js';
