// Door of digital traces: what a file says of its way, apart from what it shows.
export { BOX_ODDITIES, boxClass, boxTree, MOST_BOX_PATHS, type BoxTree } from './box-tree.js';
export { clockZone, type ClockZone } from './clock-zone.js';
export { NAME_PATTERNS, nameTrace, type NamePattern, type NameTrace } from './file-name.js';
export { fileTraces, MARKS, type FileTraces, type Mark } from './file-traces.js';
export { jpegStructure, structureClass, type JpegStructure } from './jpeg-structure.js';
export {
  byStrength,
  PLATFORMS,
  platformTraces,
  type Platform,
  type PlatformFacts,
  type PlatformTrace,
} from './platform.js';
export { traceWords } from './words.js';
