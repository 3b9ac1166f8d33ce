// Door of the metadata reader.
export { createMetadataReader, METADATA_DEFAULTS, type MetadataReader, type MetadataReaderOptions } from './reader.js';
export type { Camera, Metadata, Position } from './types.js';
