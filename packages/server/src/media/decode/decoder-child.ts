// Entry of the decoder child: reads frames with files from its standard input, answers on its standard output, until its parent is gone.
import { Worker } from 'node:worker_threads';
import type { Vocabulary } from '@redthread/core/kernels';
import { featureSignal, pictureSignals } from '@redthread/core/signals';
import { jpegStructure } from '@redthread/core/traces';
import { dropPrivileges } from '../child/drop-privileges.js';
import { writeFrame } from '../child/frames.js';
import { DecodeFailure } from './failures.js';
import { openWithSharp, type OpenedPicture } from './pixels.js';
import { signalHeader } from './picture-signals.js';
import type { ChildKind, ChildMessage, DecodeRequest } from './protocol.js';
import { encodeClear, encodeVeiled, lumaOf } from './renditions.js';
import { dieWithParent, serveRequests } from './serve-requests.js';
import type { Rendition } from './types.js';
import { loadVocabulary } from './vocabulary.js';

type Open = (bytes: Buffer, request: DecodeRequest) => Promise<OpenedPicture>;

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

const decode = async (open: Open, vocabulary: Vocabulary, bytes: Buffer, request: DecodeRequest): Promise<void> => {
  const startedMs = performance.now();
  const structure = request.structure === true ? jpegStructure(bytes) : null;
  const opened = await open(bytes, request).catch((error: unknown) => {
    if (structure === null || !(error instanceof DecodeFailure)) throw error;
    return error;
  });
  if (opened instanceof DecodeFailure) {
    writeFrame({ kind: 'failed', id: request.id, code: opened.code, structure } satisfies ChildMessage, []);
    return;
  }
  const { pixels, ...facts } = opened;
  // Encoding runs in the thread pool while the signals are computed here.
  const encoding = request.mode === 'view' ? encodeClear(pixels) : null;
  const luma = lumaOf(pixels);
  const { widthPx, heightPx } = pixels;
  const { mode } = request;
  const signals = [
    ...(mode === 'features' ? [] : pictureSignals(luma, widthPx, heightPx)),
    ...(mode === 'features' || mode === 'measure' ? [featureSignal(luma, widthPx, heightPx, vocabulary)] : []),
  ];
  const renditions =
    encoding === null ? null : { veiled: await encodeVeiled(luma, widthPx, heightPx), clear: await encoding };
  const answer: ChildMessage = {
    kind: 'decoded',
    id: request.id,
    ...facts,
    durationMs: performance.now() - startedMs,
    signals: signals.map(signalHeader),
    renditions: renditions && { clear: renditionHeader(renditions.clear), veiled: renditionHeader(renditions.veiled) },
    structure,
  };
  writeFrame(answer, [
    ...(renditions === null ? [] : [renditions.clear.bytes, renditions.veiled.bytes]),
    ...signals.map(({ value }) => Buffer.from(value.buffer, value.byteOffset, value.length)),
  ]);
};

const renditionHeader = ({ widthPx, heightPx, bytes }: Rendition) => ({ widthPx, heightPx, bytes: bytes.length });

const serve = async (kind: ChildKind): Promise<never> => {
  const open = await openers[kind]();
  const vocabulary = loadVocabulary();
  dropPrivileges();
  return serveRequests<DecodeRequest>((request, payload) => decode(open, vocabulary, payload, request));
};

await serve(process.argv[2] === 'heic' ? 'heic' : 'sharp').catch(dieWithParent);
