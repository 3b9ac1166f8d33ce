// Door of media/: everything that touches the bytes of hostile files.
export * from './decode/index.js';
export * from './film/index.js';
export * from './identify/index.js';
export * from './walk/index.js';
export * from './metadata/index.js';
export * from './noise/index.js';
export { metadataTraces, tracesOf, withNames, type Trace } from './traces.js';
export { receiveFrames, sendFrame } from './child/frames.js';
