// Entry of the decoder child: reads frames with files from its standard input, answers on its standard output, until its parent is gone.
import { Worker } from 'node:worker_threads';
import type { Vocabulary } from '@redthread/core/kernels';
import { featureSignal, pictureSignals } from '@redthread/core/signals';
import { fileTraces } from '@redthread/core/traces';
import { dropPrivileges } from '../child/drop-privileges.js';
import { writeFrame } from '../child/frames.js';
import { openWithSharp, type OpenedPicture } from './pixels.js';
import { signalHeader } from './picture-signals.js';
import type { ChildKind, ChildMessage, DecodeRequest } from './protocol.js';
import { encodeClear, encodeVeiled, lumaOf } from './renditions.js';
import { dieWithParent, serveRequests } from './serve-requests.js';
import type { DecodeMode, Rendition } from './types.js';
import { loadVocabulary } from './vocabulary.js';

type Open = (bytes: Buffer, request: DecodeRequest & { readonly mode: DecodeMode }) => Promise<OpenedPicture>;

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
  const { mode } = request;
  if (mode === 'traces')
    return writeFrame({ kind: 'traces', id: request.id, traces: fileTraces(bytes) } satisfies ChildMessage, []);
  const startedMs = performance.now();
  const { pixels, ...facts } = await open(bytes, { ...request, mode });
  // Encoding runs in the thread pool while the signals are computed here.
  const encoding = mode === 'view' ? encodeClear(pixels) : null;
  const luma = lumaOf(pixels);
  const { widthPx, heightPx } = pixels;
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
