// Door of the picture decoder.
export { createDecoder, isDecodable, type Decoder } from './decoder.js';
export { isTransientFailure, type DecodeFailureCode } from './failures.js';
export { DECODER_DEFAULTS, decoderOptionsOf, type DecoderOptions } from './options.js';
export type { DecodedImage, DecoderIdentity, PictureFormat, Rendition } from './types.js';
