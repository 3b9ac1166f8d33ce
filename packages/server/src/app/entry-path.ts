// Finds the file that a child process or thread of ours starts from: the packed one (scripts/program.mjs), whoever asks.
import { fileURLToPath } from 'node:url';

const MODULE = /([\\/]packages[\\/]server[\\/])(?:src|dist)([\\/])/;

/** Path of the packed `relative` (a `.js` beside the caller), for callers that are sources, compiled or packed; made by `npm run build:ts`. */
export const entryPath = (callerUrl: string, relative: string): string =>
  fileURLToPath(new URL(relative, callerUrl)).replace(MODULE, '$1dist$2program$2');
