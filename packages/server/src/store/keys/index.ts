// Public door of the keys.
export { sealKey } from './hand-over.js';
export { KeyRing, type KeyState, type WrappedKey } from './key-ring.js';
export {
  installNextKey,
  keyId,
  layDownNextKey,
  parseMasterKey,
  readKeyFile,
  readMasterKey,
  readMasterKeys,
  type MasterKey,
} from './master-key.js';
export { KEY_IN_FORCE_LOCK, readKeyExpectation, type KeyExpectation, type KeyRotation } from './rotation.js';
export {
  ensureCaseKey,
  ensureObjectNamer,
  isDestroyed,
  objectNamer,
  type CaseKey,
  type ObjectNamer,
} from './stored-keys.js';
export { newKey, openSmall, sealSmall, unwrapKey, wrapKey, type KeyPurpose } from './wrap.js';
export {
  endorsedKey,
  ensureSigner,
  isSignedBy,
  keyStatement,
  openSigner,
  publicKeyObject,
  readSigningKeys,
  rotateSigner,
  signingKeyId,
  type EndorsedKey,
  type PublicSigningKey,
  type Signer,
} from './signing.js';
