// Door of the picture decoder.
export { createDecoder, isDecodable, type Decoder } from './decoder.js';
export { receivedSignals, SignalHeader, signalHeader } from './picture-signals.js';
export { isTransientFailure, type DecodeFailureCode } from './failures.js';
export { DECODER_DEFAULTS, decoderOptionsOf, type DecoderOptions } from './options.js';
export { decoderName } from './types.js';
export type { DecodedImage, DecodeMode, DecoderIdentity, MeasuredImage, PictureFormat, Rendition } from './types.js';
