// How the signals of a decode are named and kept in the database.
import { isFeatureless, pdq, signalOf } from '@redthread/core/signals';
import { decoderName, type DecodedImage } from '../media/decode/index.js';

export interface StoredSignal {
  readonly method: string;
  readonly version: number;
  readonly decoder: string;
  /** 0..100 where the method knows one. */
  readonly quality: number | null;
  readonly value: Buffer;
}

type Signalled = Pick<DecodedImage, 'signals' | 'decoder'>;

/** Whether near methods can say anything about the picture. */
export const isComparable = ({ signals }: Signalled): boolean => {
  const whole = signalOf(signals, pdq);
  return whole !== undefined && !isFeatureless(whole);
};

/** Every signal of a picture, as rows. */
export const signalsOf = ({ signals, decoder }: Signalled): StoredSignal[] =>
  signals.map(({ method, version, quality, value }) => ({
    method,
    version,
    decoder: decoderName(decoder),
    quality: quality === null ? null : Math.round(quality),
    value: Buffer.from(value.buffer, value.byteOffset, value.length),
  }));
