// Public door of the vault.
export { dataKeyFor, dataKeysToRead, envelopesFor, type DataKey, type EnvelopeRequest } from './envelopes.js';
export { CHUNK_BYTES, kindKey, newHeader } from './format.js';
export type { ObjectReader } from './reader.js';
export type { StagedObject, StreamSealer } from './sealer.js';
export { UploadFolder, type SealedPiece } from './uploads.js';
export { Vault } from './vault.js';
