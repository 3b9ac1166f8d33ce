// Public door of the vault.
export { dataKeyFor, dataKeysToRead, envelopesFor, type DataKey, type EnvelopeRequest } from './envelopes.js';
export { CHUNK_BYTES, kindKey } from './format.js';
export type { ObjectReader } from './reader.js';
export type { StagedObject, StreamSealer } from './sealer.js';
export { Vault } from './vault.js';
