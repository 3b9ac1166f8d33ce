// Finds what matches a picture, a film or a sound among the media that a person may see. Signals belong to contents, which no person reads: the matcher's role loads them, and only for
// media that the person sees. The matcher's indexes propose where it is at hand; else all that is visible is looked through, by the same rules. Compares as it does.
import { sql } from 'kysely';
import {
  FILM_INDEX_METHODS,
  FilmCandidates,
  framesAsPictures,
  hasLength,
  matchCandidates,
  NearCandidates,
  PartCandidates,
  partSignal,
  type ComparableMedia,
  type MediaMatch,
} from '@redthread/core/graph';
import { edgeHash, localFeatures, pdq, type Signal } from '@redthread/core/signals';
import { askProposals } from '../../app/proposal-channel.js';
import type { Store, Trx } from '../../store/index.js';

export interface VisibleMatch {
  readonly mediaId: string;
  readonly match: MediaMatch;
}

/** What is looked through at a time: of hashes all that is small, of local features 52 kB each, of films a megabyte. */
const BATCHES = {
  hashes: { methods: [pdq.name, edgeHash.name], media: 20_000 },
  features: { methods: [localFeatures.name], media: 200 },
  films: { methods: FILM_INDEX_METHODS.map(({ name }) => name), media: 50 },
} as const;
/** Signals of so many candidates are in memory at once: 60 kB of a picture, a megabyte of a film. */
const COMPARED_AT_ONCE = 100;

export const visibleMatches = async (
  store: Store<'matcher'>,
  trx: Trx,
  media: ComparableMedia,
): Promise<VisibleMatch[]> => {
  const mediaIds = await proposed(store, trx, media.signals);
  const found: VisibleMatch[] = [];
  for (let at = 0; at < mediaIds.length; at += COMPARED_AT_ONCE) {
    const some = mediaIds.slice(at, at + COMPARED_AT_ONCE);
    const loaded = await loadSignals(store, some, null);
    const pool = some.flatMap((id, position) => {
      const candidate = loaded.get(id);
      return candidate === undefined ? [] : [[position, candidate] as const];
    });
    for (const match of matchCandidates(media, pool)) {
      const mediaId = some[match.id];
      if (mediaId !== undefined) found.push({ mediaId, match });
    }
  }
  return found;
};

/** Media that the person sees and that are worth comparing. */
const proposed = async (store: Store<'matcher'>, trx: Trx, signals: readonly Signal[]): Promise<readonly string[]> => {
  const contents = await askProposals(store.config.dataFolder, signals);
  if (contents === null) {
    const visible = await visibleMedia(trx, null);
    const looks = [nearOf, partsOf, filmsOf, shownBy];
    const found: (readonly string[])[] = [];
    for (const look of looks) found.push(await look(store, visible, signals));
    return [...new Set(found.flat())];
  }
  const { rows } = await sql<{ id: string }>`
    select id from media where content_id = any(${[...contents]}::bigint[])`.execute(store.matcher);
  return visibleMedia(
    trx,
    rows.map(({ id }) => id),
  );
};

/** `among`: only of these, or all. What is closed is not compared by sight, also where it was open once. */
const visibleMedia = async (trx: Trx, among: readonly string[] | null): Promise<readonly string[]> => {
  const rows = await trx
    .selectFrom('media')
    .select('id')
    .where('comparable', '=', true)
    .where(among === null ? sql<boolean>`true` : sql<boolean>`media.id = any(${[...among]}::uuid[])`)
    .where(
      sql<boolean>`media.id not in (select o.media_id from occurrences o where o.provider_viewed = false and o.media_id is not null and media_closed(o.media_id))`,
    )
    .execute();
  return rows.map(({ id }) => id);
};

interface Candidates {
  add(id: number, signals: readonly Signal[]): unknown;
  find(signals: readonly Signal[]): readonly number[];
}

/** Of the visible, those that fresh candidates propose. */
const lookThrough = async (
  store: Store<'matcher'>,
  visible: readonly string[],
  signals: readonly Signal[],
  { media, methods }: (typeof BATCHES)[keyof typeof BATCHES],
  create: () => Candidates,
): Promise<string[]> => {
  const found: string[] = [];
  for (let at = 0; at < visible.length; at += media) {
    const ids = visible.slice(at, at + media);
    const loaded = await loadSignals(store, ids, methods);
    const candidates = create();
    ids.forEach((id, position) => candidates.add(position, loaded.get(id)?.signals ?? []));
    found.push(...candidates.find(signals).flatMap((position) => ids[position] ?? []));
  }
  return found;
};

const nearOf = (store: Store<'matcher'>, visible: readonly string[], signals: readonly Signal[]): Promise<string[]> =>
  lookThrough(store, visible, signals, BATCHES.hashes, () => new NearCandidates());

const partsOf = async (
  store: Store<'matcher'>,
  visible: readonly string[],
  signals: readonly Signal[],
): Promise<string[]> =>
  partSignal(signals) === undefined
    ? []
    : lookThrough(store, visible, signals, BATCHES.features, () => new PartCandidates());

const filmsOf = (store: Store<'matcher'>, visible: readonly string[], signals: readonly Signal[]): Promise<string[]> =>
  lookThrough(store, visible, signals, BATCHES.films, () => new FilmCandidates());

/** Pictures that a film shows. */
const shownBy = async (
  store: Store<'matcher'>,
  visible: readonly string[],
  signals: readonly Signal[],
): Promise<string[]> =>
  hasLength(signals)
    ? lookThrough(store, visible, signals, BATCHES.hashes, () => {
        const pictures = new NearCandidates();
        return {
          add: (id, own) => pictures.add(id, own),
          find: (film) => [...new Set(framesAsPictures(film).flatMap((frame) => pictures.find(frame)))],
        };
      })
    : [];

/** `methods`: only these, or all. Local features of a medium count once its own agency has searched it for them. */
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
    .where(
      sql<boolean>`(s.method <> ${localFeatures.name} or exists (select from work w where w.media_id = m.id and w.stage = 'features' and w.state = 'done'))`,
    )
    .execute();
  const found = new Map<string, { sha256: string; signals: Signal[] }>();
  for (const { id, sha256, ...signal } of rows) {
    const media = found.get(id) ?? { sha256: sha256.toString('hex'), signals: [] };
    media.signals.push(signal);
    found.set(id, media);
  }
  return found;
};
