// Public door of the accounts: signing in, who acts, what their roles allow, agencies and users.
export { mayDo, requireRight, type Right } from './access.js';
export { accountRoutes } from './routes.js';
export { addUser, agencyByName, foundAgency, isEmptyInstance, type NewAgency, type NewUser } from './administration.js';
export {
  actLocally,
  localActor,
  osAccount,
  recordView,
  withLocalSession,
  withLocalStore,
  type LocalSession,
} from './local-actor.js';
export { readOnlyState } from './me.js';
export { hashPassword } from './password.js';
export {
  authenticateKey,
  authenticateSession,
  SCOPES,
  SESSION_HOURS,
  signIn,
  signOut,
  type Authenticated,
  type Scope,
} from './sign-in.js';
