// Public door of the vault.
export { dataKeyFor, dataKeysToRead, envelopesFor, type DataKey, type EnvelopeRequest } from './envelopes.js';
export { syncFile, syncFolder } from './files.js';
export { CHUNK_BYTES, HEADER_BYTES, kindKey, newHeader, sealChunk } from './format.js';
export { ObjectReader } from './reader.js';
export { StreamSealer, type StagedObject } from './sealer.js';
export { UploadFolder, type SealedPiece } from './uploads.js';
export { Vault } from './vault.js';
