// Door of identification: what a file is, and the digests it is known under.
export { digestBytes, type Digests } from './digests.js';
export { isMislabelled } from './extension.js';
export { identify, IDENTIFY_BYTES, identifyFurther } from './identify.js';
export { UNKNOWN_MIME, type FileKind, type FileType } from './types.js';
