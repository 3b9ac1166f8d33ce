// Public door of the accounts: who acts, what their roles allow, and what stands behind a session or a key.
export { mayDo, requireOperator, requireRight, rolesMayDo, type Right } from './access.js';
export { administrationRoutes } from './administration-routes.js';
export { agencyByName, foundAsOwner, isEmptyInstance } from './agencies.js';
export { localActor, localConfig, osAccount, recordView, withLocalSession, type LocalSession } from './local-actor.js';
export { readOnlyState } from './me.js';
export { hashPassword } from './password.js';
export { agencyNamed, ownAgency } from './queries.js';
export { readSecret } from './read-secret.js';
export { accountRoutes } from './routes.js';
export { newSetupToken, type SetupToken } from './setup.js';
export { addUser } from './users.js';
export { authenticateKey, authenticateSession, provePassword } from './sign-in.js';
