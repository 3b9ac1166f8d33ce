// Limits of a decoder, with their defaults; docs/configuration.md names the settings that feed them.
import type { Config } from '../../app/config.js';

export interface DecoderOptions {
  /** Pixels (width x height as the header states them) beyond which a picture is refused undecoded: IMAGE_TOO_LARGE. */
  readonly maxPixels: number;
  /** Size of a file beyond which it is not given to a decoder: FILE_TOO_LARGE. */
  readonly maxBytes: number;
  /** Resident memory at which the child is killed: DECODER_MEMORY. */
  readonly memoryMb: number;
  /** A child that keeps more than this after a file is replaced, so that idle decoders stay small. */
  readonly idleMemoryMb: number;
  /** Time limit of a file: this, and ... */
  readonly timeoutMs: number;
  /** ... this for each megabyte of it. */
  readonly timeoutPerMegabyteMs: number;
  /** After so many files the child is replaced: leaks, and damage nobody noticed, end there. */
  readonly filesPerChild: number;
  /** Another entry file in place of the decoder child: for tests of misbehaving children. */
  readonly entry?: string;
}

export const DECODER_DEFAULTS: DecoderOptions = {
  maxPixels: 300_000_000,
  maxBytes: 512 * 2 ** 20,
  memoryMb: 1536,
  idleMemoryMb: 384,
  timeoutMs: 60_000,
  timeoutPerMegabyteMs: 1_000,
  filesPerChild: 2_000,
};

/** The limits that the operator has set; the rest keep their defaults. */
export const decoderOptionsOf = (
  config: Pick<Config, 'maxPixels' | 'maxDecodeBytes' | 'decoderMemoryMb' | 'decoderTimeoutMs'>,
): DecoderOptions => ({
  ...DECODER_DEFAULTS,
  maxPixels: config.maxPixels,
  maxBytes: config.maxDecodeBytes,
  memoryMb: config.decoderMemoryMb,
  timeoutMs: config.decoderTimeoutMs,
});
