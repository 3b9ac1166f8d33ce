// How the signals of a decode are named and kept in the database.
import { sql, type Kysely } from 'kysely';
import { filmFrames, isFeatureless, pdq, signalOf, soundWords, type Signal } from '@redthread/core/signals';
import type { Database } from '../store/index.js';

interface StoredSignal {
  readonly method: string;
  readonly version: number;
  readonly decoder: string;
  /** 0..100 where the method knows one. */
  readonly quality: number | null;
  readonly value: Buffer;
}

export interface Signalled {
  readonly signals: readonly Signal[];
  /** Which program saw the pixels, and how. */
  readonly decoder: string;
}

/** Whether near methods can say anything about the picture, the frames or the sound. */
export const isComparable = ({ signals }: Pick<Signalled, 'signals'>): boolean => {
  const whole = signalOf(signals, pdq);
  if (whole !== undefined && !isFeatureless(whole)) return true;
  return [filmFrames, soundWords].some((method) => (signalOf(signals, method)?.quality ?? 0) > 0);
};

const signalsOf = ({ signals, decoder }: Signalled): StoredSignal[] =>
  signals.map(({ method, version, quality, value }) => ({
    method,
    version,
    decoder,
    quality: quality === null ? null : Math.round(quality),
    value: Buffer.from(value.buffer, value.byteOffset, value.length),
  }));

/** What is known of a content already stays: matches refer to it. */
export const insertSignals = async (
  db: Kysely<Database>,
  found: readonly { readonly contentId: number; readonly seen: Signalled }[],
): Promise<void> => {
  const signals = found
    .flatMap(({ contentId, seen }) => signalsOf(seen).map((signal) => ({ contentId, ...signal })))
    .sort((a, b) => a.contentId - b.contentId);
  if (signals.length === 0) return;
  await sql`insert into signals (content_id, method, version, decoder, quality, value)
    select * from unnest(${signals.map((s) => s.contentId)}::bigint[], ${signals.map((s) => s.method)}::text[],
      ${signals.map((s) => s.version)}::integer[], ${signals.map((s) => s.decoder)}::text[],
      ${signals.map((s) => s.quality)}::smallint[], ${signals.map(({ value }) => value)}::bytea[])
    on conflict (content_id, method, version) do nothing`.execute(db);
};
