// Entry of the decoder child: reads frames with files from its standard input, answers on its standard output, until its parent is gone.
import { Worker } from 'node:worker_threads';
import { pictureSignals } from '@redthread/core/signals';
import { dropPrivileges } from '../child/drop-privileges.js';
import { readFrames, writeFrame } from '../child/frames.js';
import { DecodeFailure } from './failures.js';
import { openWithSharp, type OpenedPicture } from './pixels.js';
import { signalHeader } from './picture-signals.js';
import type { ChildKind, ChildMessage, DecodeRequest } from './protocol.js';
import { encodeClear, encodeVeiled, lumaOf } from './renditions.js';

type Open = (bytes: Buffer, maxPixels: number) => Promise<OpenedPicture>;

const dieWithParent = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
};

// WebAssembly blocks the event loop while it decodes, so a thread of its own sees when the parent goes.
const WATCH_PARENT = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 250);
`;

const openers: Readonly<Record<ChildKind, () => Promise<Open>>> = {
  sharp: async () => openWithSharp,
  heic: async () => {
    new Worker(WATCH_PARENT, { eval: true }).unref();
    return (await import('./open-heic.js')).openHeic;
  },
};

const decode = async (open: Open, bytes: Buffer, { id, maxPixels }: DecodeRequest): Promise<void> => {
  const startedMs = performance.now();
  const { pixels, ...facts } = await open(bytes, maxPixels);
  const encoding = encodeClear(pixels); // runs in the thread pool while the signals are computed here
  const luma = lumaOf(pixels);
  const signals = pictureSignals(luma, pixels.widthPx, pixels.heightPx);
  const veiled = await encodeVeiled(luma, pixels.widthPx, pixels.heightPx);
  const clear = await encoding;
  const answer: ChildMessage = {
    kind: 'decoded',
    id,
    ...facts,
    durationMs: performance.now() - startedMs,
    signals: signals.map(signalHeader),
    clear: { widthPx: clear.widthPx, heightPx: clear.heightPx, bytes: clear.bytes.length },
    veiled: { widthPx: veiled.widthPx, heightPx: veiled.heightPx, bytes: veiled.bytes.length },
  };
  writeFrame(answer, [
    clear.bytes,
    veiled.bytes,
    ...signals.map(({ value }) => Buffer.from(value.buffer, value.byteOffset, value.length)),
  ]);
};

const serve = async (kind: ChildKind): Promise<void> => {
  const open = await openers[kind]();
  dropPrivileges();
  const frames = readFrames();
  writeFrame({ kind: 'ready' } satisfies ChildMessage, []);
  for (let next = frames.next(); ;) {
    const frame = await next;
    if (frame === null) return dieWithParent();
    // The parent sends nothing before it has the answer, so this read waits through the decode (in the thread pool) and ends
    // the moment that the parent is gone.
    next = frames.next();
    next.then((end) => end ?? dieWithParent(), dieWithParent);
    const request = frame.header as DecodeRequest;
    await decode(open, frame.payload, request).catch((error: unknown) => {
      if (!(error instanceof DecodeFailure)) return dieWithParent();
      writeFrame({ kind: 'failed', id: request.id, code: error.code } satisfies ChildMessage, []);
    });
  }
};

await serve(process.argv[2] === 'heic' ? 'heic' : 'sharp').catch(dieWithParent);
