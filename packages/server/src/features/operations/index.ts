// Public door of the operations.
export { answerByName } from './invitations.js';
export { operationByReference } from './queries.js';
export { operationRoutes } from './routes.js';
export { addOperation, inviteAgency, listOperations, namedOperation } from './service.js';
