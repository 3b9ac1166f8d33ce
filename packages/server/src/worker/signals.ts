// How the signals of a decode are named and kept in the database.
import type { DecodedImage, DecoderIdentity } from '../media/decode/index.js';

export interface StoredSignal {
  readonly method: string;
  readonly version: number;
  readonly decoder: string;
  /** 0..100 where the method knows one. */
  readonly quality: number | null;
  readonly value: Buffer;
}

type Signalled = Pick<DecodedImage, 'signals' | 'decoder'>;

/** Below this quality a picture is featureless and never matches near. */
const LEAST_QUALITY = 50;

export const isComparable = ({ signals }: Signalled): boolean => signals.pdq.quality >= LEAST_QUALITY;

/** Every signal of a picture, as rows. */
export const signalsOf = ({ signals, decoder }: Signalled): StoredSignal[] => [
  { method: 'pdq', version: 1, decoder: decoderName(decoder), quality: signals.pdq.quality, value: signals.pdq.hashes },
];

/** Which program saw the pixels, and how: kept with the signal for ever. */
const decoderName = ({ name, version, libvipsVersion, options }: DecoderIdentity): string =>
  `${name} ${version} libvips ${libvipsVersion}${options === '' ? '' : ` ${options}`}`;
