// The decoder that a worker owns: takes the bytes of a picture, keeps its disposable children alive, answers renditions and signals.
import type { WrittenRegion } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { FileTraces } from '@redthread/core/traces';
import { ChildSlot, type Asked, type DecodedAnswer } from './child-slot.js';
import { DECODER_DEFAULTS, type DecoderOptions } from './options.js';
import type { ChildKind } from './protocol.js';
import { receivedSignals, signalBytes } from './picture-signals.js';
import type { DecodedImage, DecodeMode, MeasuredImage, Rendition } from './types.js';

/** Which child decodes which (real) type; a type that is not here has no decoder. */
const CHILD_FOR_TYPE: Readonly<Record<string, ChildKind>> = {
  'image/jpeg': 'sharp',
  'image/png': 'sharp',
  'image/apng': 'sharp',
  'image/webp': 'sharp',
  'image/gif': 'sharp',
  'image/tiff': 'sharp',
  'image/avif': 'sharp',
  'image/avif-sequence': 'sharp',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heic',
};

/** True when a decoder takes files of this real type (see `identify`). */
export const isDecodable = (mime: string): boolean => mime in CHILD_FOR_TYPE;

export interface Decoder {
  /**
   * Decodes one picture; calls are served in their order, one at a time. `bytes` must not change until it settles. Throws a
   * RedthreadError with a DecodeFailureCode; `isTransientFailure(code)` says whether another attempt makes sense.
   */
  decode(bytes: Buffer, input: { readonly mime: string }): Promise<DecodedImage>;
  /**
   * Hashes and local features, no renditions; `isExact`: hashes alone, from full resolution, as the reference program of PDQ reads it.
   */
  measure(bytes: Buffer, input: { readonly mime: string; readonly isExact?: boolean }): Promise<MeasuredImage>;
  /** The same of a part of the picture, in full resolution; the size that is told is that of the whole. */
  measureRegion(
    bytes: Buffer,
    input: { readonly mime: string; readonly region: WrittenRegion },
  ): Promise<MeasuredImage>;
  /** A part of the picture, encoded again from its pixels as a clear rendition is; `whole`: the size of all of it. */
  crop(
    bytes: Buffer,
    input: { readonly mime: string; readonly region: WrittenRegion },
  ): Promise<{ readonly crop: Rendition; readonly whole: MeasuredImage }>;
  /** The local features alone, which take longer than everything else together. */
  features(bytes: Buffer, input: { readonly mime: string }): Promise<MeasuredImage>;
  /** What the bytes of any file say of their way; nothing is decoded. Null for more of them than a decoder takes. */
  traces(bytes: Buffer): Promise<FileTraces | null>;
  /** Process ids of the children that run now. */
  pids(): number[];
  /** Kills the children; a decode that is under way fails with DECODER_DIED. */
  close(): Promise<void>;
}

/** Makes a decoder. No child runs until the first file needs it. */
export const createDecoder = (given: Partial<DecoderOptions> = {}): Decoder => {
  const options: DecoderOptions = { ...DECODER_DEFAULTS, ...given };
  const slots: Record<ChildKind, ChildSlot> = {
    sharp: new ChildSlot('sharp', options),
    heic: new ChildSlot('heic', options),
  };
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (
    bytes: Buffer,
    mime: string,
    mode: DecodeMode,
    part: Omit<Asked, 'mode'> = {},
  ): Promise<DecodedAnswer> => {
    if (isClosed) throw fail('DECODER_DIED', 'the decoder is closed');
    const kind = CHILD_FOR_TYPE[mime];
    if (kind === undefined) throw fail('IMAGE_UNSUPPORTED', mime);
    if (bytes.length === 0) throw fail('FILE_EMPTY', '0 bytes');
    if (bytes.length > options.maxBytes) throw fail('FILE_TOO_LARGE', `${bytes.length} of ${options.maxBytes} bytes`);
    return slots[kind].decode(bytes, { mode, ...part });
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  return {
    decode: (bytes, { mime }) => inTurn(async () => decodedImage(await ask(bytes, mime, 'view'))),
    measure: (bytes, { mime, isExact }) =>
      inTurn(async () => measuredImage(await ask(bytes, mime, isExact === true ? 'exact' : 'measure'))),
    measureRegion: (bytes, { mime, region }) =>
      inTurn(async () => measuredImage(await ask(bytes, mime, 'measure', { region }))),
    crop: (bytes, { mime, region }) =>
      inTurn(async () => {
        const image = decodedImage(await ask(bytes, mime, 'view', { region }));
        return { crop: image.clear, whole: image };
      }),
    features: (bytes, { mime }) => inTurn(async () => measuredImage(await ask(bytes, mime, 'features'))),
    traces: (bytes) =>
      inTurn(async () => {
        if (isClosed) throw fail('DECODER_DIED', 'the decoder is closed');
        return bytes.length === 0 || bytes.length > options.maxBytes ? null : slots.sharp.traces(bytes);
      }),
    pids: () => Object.values(slots).flatMap(({ pid }) => pid ?? []),
    close: async () => {
      isClosed = true;
      for (const slot of Object.values(slots)) slot.stop();
      await last;
      for (const slot of Object.values(slots)) slot.stop(); // a child that was only starting
    },
  };
};

const measuredImage = ({ header, payload }: DecodedAnswer): MeasuredImage => {
  const { renditions, signals } = header;
  const signalsAt = renditions === null ? 0 : renditions.clear.bytes + renditions.veiled.bytes;
  if (payload.length !== signalsAt + signalBytes(signals)) throw brokenProtocol();
  const { format, widthPx, heightPx, orientation, pageCount, hasAlpha, decoder, durationMs } = header;
  return {
    format,
    widthPx,
    heightPx,
    orientation,
    pageCount,
    hasAlpha,
    decoder,
    durationMs,
    signals: receivedSignals(signals, payload.subarray(signalsAt)),
    notes: header.isPartial ? ['IMAGE_TRUNCATED'] : [],
  };
};

const decodedImage = (answer: DecodedAnswer): DecodedImage => {
  const { renditions } = answer.header;
  if (renditions === null) throw brokenProtocol();
  const { clear, veiled } = renditions;
  return {
    ...measuredImage(answer),
    clear: rendition(clear, answer.payload.subarray(0, clear.bytes)),
    veiled: rendition(veiled, answer.payload.subarray(clear.bytes, clear.bytes + veiled.bytes)),
  };
};

const brokenProtocol = (): Error => fail('DECODER_DIED', 'the decoder broke the protocol');

const rendition = (
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  bytes: Buffer,
): Rendition => {
  // A child that was taken over must not get anything but a JPEG in front of a person.
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw fail('DECODER_DIED', 'a rendition is not a JPEG');
  return { mime: 'image/jpeg', bytes, widthPx, heightPx };
};
