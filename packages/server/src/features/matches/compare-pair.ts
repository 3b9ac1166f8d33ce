// Compares two media by their signals, as the matcher and the command line do, whether or not a match connects them.
import { sql } from 'kysely';
import type { Media } from '@redthread/core/contract';
import { commonPlaces, compareMedia, type ComparableMedia, type MediaComparison } from '@redthread/core/graph';
import type { CommonPlace, Signal } from '@redthread/core/signals';
import type { Trx } from '../../store/index.js';

interface SignalRow extends Signal {
  readonly media_id: string;
  readonly decoder: string;
}

export interface PairComparison extends MediaComparison {
  readonly places: readonly CommonPlace[];
  /** Which programs saw the pixels; null where none did. */
  readonly decoders: { readonly a: string | null; readonly b: string | null };
}

/** Both are visible to the actor: the database gives no signals of others. What is closed is compared by its bytes alone. */
export const comparePair = async (trx: Trx, a: Media, b: Media): Promise<PairComparison> => {
  const open = [a, b].filter(({ state }) => state !== 'closed').map(({ id }) => id);
  const { rows } = await sql<SignalRow>`
    select media_id, method, version, decoder, quality, value from signals_of_seen(${open}::uuid[])`.execute(trx);
  const comparable = (media: Media): ComparableMedia => ({
    sha256: media.sha256,
    signals: rows.filter((row) => row.media_id === media.id),
  });
  const decoder = (media: Media): string | null => rows.find((row) => row.media_id === media.id)?.decoder ?? null;
  const [first, second] = [comparable(a), comparable(b)];
  const comparison = compareMedia(first, second);
  const places = commonPlaces(first, second, comparison.grade);
  return { ...comparison, places, decoders: { a: decoder(a), b: decoder(b) } };
};
