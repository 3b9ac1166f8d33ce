// Public door of the accounts: who acts, what their roles allow, and what stands behind a session or a key.
export { mayDo, requireRight } from './access.js';
export { accountRoutes } from './routes.js';
export { agencyByName, foundAgency, isEmptyInstance } from './administration.js';
export { localActor, osAccount, recordView, withLocalSession } from './local-actor.js';
export { readOnlyState } from './me.js';
export { hashPassword } from './password.js';
export { authenticateKey, authenticateSession } from './sign-in.js';
