// Door of digital traces: what a file says of its way, apart from what it shows.
export { NAME_PATTERNS, nameTrace, type NamePattern, type NameTrace } from './file-name.js';
export { jpegStructure, structureClass, type JpegStructure } from './jpeg-structure.js';
export { platformTraces, type Platform, type PlatformFacts, type PlatformTrace } from './platform.js';
