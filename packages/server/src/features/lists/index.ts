// Public door of the lists.
export { listRoutes } from './routes.js';
export { importList } from './import.js';
export { listByName } from './service.js';
export { createListIntake, type ListIntake, type TakeInPackage } from './uploads/list-intake.js';
export { openAsPackage, type ListDoor, type ListOrder } from './uploads/service.js';
