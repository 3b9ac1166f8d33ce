// Finds what matches a picture among the media that a person may see. Signals belong to contents, which no person reads:
// the matcher's role loads them, and only for media that the person sees. Compares as the matcher does.
import { sql } from 'kysely';
import { matchCandidates, NearCandidates, type ComparableMedia, type MediaMatch } from '@redthread/core/graph';
import { edgeHash, pdq, type Signal } from '@redthread/core/signals';
import type { Store, Trx } from '../../store/index.js';

export interface VisibleMatch {
  readonly mediaId: string;
  readonly match: MediaMatch;
}

const BATCH = 20_000;
/** Small enough to hold for every visible medium; the grids are loaded for candidates only. */
const SEARCHED = [pdq.name, edgeHash.name];

export const visibleMatches = async (
  store: Store<'matcher'>,
  trx: Trx,
  media: ComparableMedia,
): Promise<VisibleMatch[]> => {
  const visible = await trx
    .selectFrom('media')
    .select('id')
    .where('comparable', '=', true)
    .where(
      // What is closed is not compared by sight, also where it was open once.
      sql<boolean>`media.id not in (select o.media_id from occurrences o where o.provider_viewed = false and o.media_id is not null and media_closed(o.media_id))`,
    )
    .execute();
  const mediaIds: string[] = [];
  for (let at = 0; at < visible.length; at += BATCH) {
    const candidates = new NearCandidates();
    const ids = visible.slice(at, at + BATCH).map(({ id }) => id);
    const loaded = await loadSignals(store, ids, SEARCHED);
    ids.forEach((id, position) => candidates.add(position, loaded.get(id)?.signals ?? []));
    mediaIds.push(...candidates.find(media.signals).flatMap((position) => ids[position] ?? []));
  }
  const whole = await loadSignals(store, mediaIds, null);
  const pool = mediaIds.flatMap((id, position) => {
    const candidate = whole.get(id);
    return candidate === undefined ? [] : [[position, candidate] as const];
  });
  return matchCandidates(media, pool).flatMap((match) => {
    const mediaId = mediaIds[match.id];
    return mediaId === undefined ? [] : [{ mediaId, match }];
  });
};

/** `methods`: only these, or all. */
const loadSignals = async (
  { matcher }: Pick<Store<'matcher'>, 'matcher'>,
  mediaIds: readonly string[],
  methods: readonly string[] | null,
): Promise<Map<string, ComparableMedia>> => {
  const rows = await matcher
    .selectFrom('media as m')
    .innerJoin('signals as s', 's.content_id', 'm.content_id')
    .select(['m.id', 'm.sha256', 's.method', 's.version', 's.quality', 's.value'])
    .where('m.id', '=', sql<string>`any(${[...mediaIds]}::uuid[])`)
    .where(methods === null ? sql<boolean>`true` : sql<boolean>`s.method = any(${[...methods]}::text[])`)
    .execute();
  const found = new Map<string, { sha256: string; signals: Signal[] }>();
  for (const { id, sha256, ...signal } of rows) {
    const media = found.get(id) ?? { sha256: sha256.toString('hex'), signals: [] };
    media.signals.push(signal);
    found.set(id, media);
  }
  return found;
};
