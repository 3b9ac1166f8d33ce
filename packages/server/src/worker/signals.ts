// How the signals of a decode are named and kept in the database.
import { sql, type Kysely } from 'kysely';
import { isFeatureless, pdq, signalOf } from '@redthread/core/signals';
import { decoderName, type MeasuredImage } from '../media/decode/index.js';
import type { Database } from '../store/index.js';

interface StoredSignal {
  readonly method: string;
  readonly version: number;
  readonly decoder: string;
  /** 0..100 where the method knows one. */
  readonly quality: number | null;
  readonly value: Buffer;
}

type Signalled = Pick<MeasuredImage, 'signals' | 'decoder'>;

/** Whether near methods can say anything about the picture. */
export const isComparable = ({ signals }: Signalled): boolean => {
  const whole = signalOf(signals, pdq);
  return whole !== undefined && !isFeatureless(whole);
};

const signalsOf = ({ signals, decoder }: Signalled): StoredSignal[] =>
  signals.map(({ method, version, quality, value }) => ({
    method,
    version,
    decoder: decoderName(decoder),
    quality: quality === null ? null : Math.round(quality),
    value: Buffer.from(value.buffer, value.byteOffset, value.length),
  }));

/** What is known of a content already stays: matches refer to it. */
export const insertSignals = async (
  db: Kysely<Database>,
  found: readonly { readonly contentId: number; readonly image: Signalled }[],
): Promise<void> => {
  const signals = found
    .flatMap(({ contentId, image }) => signalsOf(image).map((signal) => ({ contentId, ...signal })))
    .sort((a, b) => a.contentId - b.contentId);
  if (signals.length === 0) return;
  await sql`insert into signals (content_id, method, version, decoder, quality, value)
    select * from unnest(${signals.map((s) => s.contentId)}::bigint[], ${signals.map((s) => s.method)}::text[],
      ${signals.map((s) => s.version)}::integer[], ${signals.map((s) => s.decoder)}::text[],
      ${signals.map((s) => s.quality)}::smallint[], ${signals.map(({ value }) => value)}::bytea[])
    on conflict (content_id, method, version) do nothing`.execute(db);
};
