// Finds the compiled file of a child process or thread, from compiled code and from tests that run the sources.
import { fileURLToPath } from 'node:url';

/** Path of `relative` (a `.js` beside the caller), mapped from src to dist; run `npm run build:ts` first when testing. */
export const entryPath = (callerUrl: string, relative: string): string =>
  fileURLToPath(new URL(relative, callerUrl)).replace(/([\\/]packages[\\/][a-z]+[\\/])src([\\/])/, '$1dist$2');
