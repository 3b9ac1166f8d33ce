// Public door of the sealer.
export { anchoredDigest } from './anchors/anchoring.js';
export { hashOfLine, readAnchorFile, type AnchorLine, type ReadLine } from './anchors/anchor-file.js';
export { runSealer, sealWhatWaits } from './sealer.js';
