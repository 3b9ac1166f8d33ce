// Gives memory back now. Segments lie in memory that threads share: it is freed when the last of them has collected its view of it,
// and a thread that allocates little else collects nothing for hours, since V8 does not count shared memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Milliseconds for the heap of a thread of the index. */
export const collectGarbage = (): void => collect();
