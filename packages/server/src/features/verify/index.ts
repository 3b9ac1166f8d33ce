// Public door of the verification.
export { verifyStore, type Broken, type Verified } from './service.js';
