// The decoder that a worker owns: takes the bytes of a picture, keeps its disposable children alive, answers renditions and signals.
import { fail } from '@redthread/core/errors';
import { ChildSlot, type DecodedAnswer } from './child-slot.js';
import { DECODER_DEFAULTS, type DecoderOptions } from './options.js';
import type { ChildKind } from './protocol.js';
import { receivedSignals, signalBytes } from './picture-signals.js';
import type { DecodedImage, Rendition } from './types.js';

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

  const decode = async (bytes: Buffer, mime: string): Promise<DecodedImage> => {
    if (isClosed) throw fail('DECODER_DIED', 'the decoder is closed');
    const kind = CHILD_FOR_TYPE[mime];
    if (kind === undefined) throw fail('IMAGE_UNSUPPORTED', mime);
    if (bytes.length === 0) throw fail('FILE_EMPTY', '0 bytes');
    if (bytes.length > options.maxBytes) throw fail('FILE_TOO_LARGE', `${bytes.length} of ${options.maxBytes} bytes`);
    return decodedImage(await slots[kind].decode(bytes));
  };

  return {
    decode: (bytes, { mime }) => {
      const result = last.then(() => decode(bytes, mime));
      last = result.catch(() => {});
      return result;
    },
    pids: () => Object.values(slots).flatMap(({ pid }) => pid ?? []),
    close: async () => {
      isClosed = true;
      for (const slot of Object.values(slots)) slot.stop();
      await last;
      for (const slot of Object.values(slots)) slot.stop(); // a child that was only starting
    },
  };
};

const decodedImage = ({ header, payload }: DecodedAnswer): DecodedImage => {
  const signalsAt = header.clear.bytes + header.veiled.bytes;
  if (payload.length !== signalsAt + signalBytes(header.signals))
    throw fail('DECODER_DIED', 'the decoder broke the protocol');
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
    clear: rendition(header.clear, payload.subarray(0, header.clear.bytes)),
    veiled: rendition(header.veiled, payload.subarray(header.clear.bytes, signalsAt)),
    signals: receivedSignals(header.signals, payload.subarray(signalsAt)),
    notes: header.isPartial ? ['IMAGE_TRUNCATED'] : [],
  };
};

const rendition = (
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  bytes: Buffer,
): Rendition => {
  // A child that was taken over must not get anything but a JPEG in front of a person.
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw fail('DECODER_DIED', 'a rendition is not a JPEG');
  return { mime: 'image/jpeg', bytes, widthPx, heightPx };
};
