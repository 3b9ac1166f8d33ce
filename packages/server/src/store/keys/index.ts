// Public door of the keys.
export { KeyRing, type KeyState } from './key-ring.js';
export { keyId, parseMasterKey, readMasterKey, type MasterKey } from './master-key.js';
export { ensureCaseKey, ensureObjectNamer, objectNamer, type ObjectNamer } from './stored-keys.js';
export { newKey, unwrapKey, wrapKey, type KeyPurpose } from './wrap.js';
