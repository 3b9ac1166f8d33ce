// How a decoding child serves: one request after the other until its parent is gone, with whom it dies.
import { readFrames, writeFrame } from '../child/frames.js';
import { DecodeFailure } from './failures.js';

/** Ends the child at once: nobody would read what it could still say. */
export const dieWithParent = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
};

/**
 * Says that it is ready, then has each request answered. A DecodeFailure is answered by its code alone; at anything else the child dies, and
 * its parent knows by that.
 */
export const serveRequests = async <Request extends { readonly id: number }>(
  answer: (request: Request, payload: Buffer) => Promise<void>,
): Promise<never> => {
  const frames = readFrames();
  writeFrame({ kind: 'ready' }, []);
  for (let next = frames.next(); ;) {
    const frame = await next;
    if (frame === null) return dieWithParent();
    // The parent sends nothing before it has the answer, so this read waits through the work (in the thread pool) and ends
    // the moment that the parent is gone.
    next = frames.next();
    next.then((end) => end ?? dieWithParent(), dieWithParent);
    const request = frame.header as Request;
    await answer(request, frame.payload).catch((error: unknown) => {
      if (!(error instanceof DecodeFailure)) return dieWithParent();
      writeFrame({ kind: 'failed', id: request.id, code: error.code }, []);
    });
  }
};
