// Search by a picture, a film or a sound that is not stored: the same bytes, then the same picture by sight, in eight orientations, among
// the media that the person may see, then a part of it in them or of them in it; or all that of a part of it alone.
import { sql } from 'kysely';
import type { PictureHit, PictureResult, Reason } from '@redthread/core/contract';
import {
  filmRange,
  GRADES_FOUND,
  gradeRank,
  parseRegion,
  toldOfWhole,
  turnInWords,
  type Context,
} from '@redthread/core/domain';
import type { Region } from '@redthread/core/geometry';
import type { ComparableMedia } from '@redthread/core/graph';
import { distanceOf } from '@redthread/core/signals';
import { table } from '../../app/cli/table.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { readOccurrences } from '../media/index.js';
import { readTiles } from '../stacks/index.js';
import { pictureOf, readPicture, type OutsidePicture } from './read-picture.js';
import { visibleMatches } from './visible-signals.js';

/** Files that are shown of one media. */
const FILES_SHOWN = 3;

type Hit = Omit<PictureHit, 'media'> & { readonly mediaId: string };

/** What was found of a picture, before it is said how each medium stands. */
export interface PictureFinds {
  readonly sha256: string;
  readonly hits: readonly Hit[];
  readonly truncated: boolean;
  /** Why it was compared by its digest only, where it was. */
  readonly note: string | null;
}

export type Found = Omit<Hit, 'occurrences'>;

/** Of the strongest reason; the smaller, the better. */
const strongestDistance = ({ reasons: [strongest] }: Found): number =>
  strongest === undefined ? 0 : distanceOf(strongest);

interface Wanted {
  readonly limit: number;
  readonly purpose?: string | undefined;
  /** Only this part of the picture is looked for: see `parseRegion`. */
  readonly region?: string | undefined;
}

/** Errors: SOURCE_UNREADABLE; with a region REGION_INVALID and those of `readPicture`. A picture that cannot be decoded is searched by its bytes, and `note` says why. */
export const searchByFile = async (
  store: Store<'app' | 'matcher'>,
  ctx: Context,
  { file, ...wanted }: Wanted & { readonly file: string },
): Promise<PictureFinds & { readonly file: string }> => {
  const picture = await readPicture(store.config, file, regionOf(wanted));
  return { file, ...(await searchByPicture(store, ctx, picture, wanted, (_trx, finds) => Promise.resolve(finds))) };
};

export const regionOf = ({ region }: Pick<Wanted, 'region'>) => (region === undefined ? null : parseRegion(region));

export interface PictureOrder extends Wanted {
  readonly ctx: Context;
  readonly bytes: Uint8Array;
}
/** What a person sends is decoded, compared and forgotten; results and their record are one transaction. */
export const answerPicture =
  (store: Store<'app' | 'matcher'>) =>
  async ({ ctx, bytes, ...wanted }: PictureOrder): Promise<PictureResult> => {
    const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const picture = await pictureOf(store.config, given, regionOf(wanted));
    return searchByPicture(store, ctx, picture, wanted, withTiles);
  };

const withTiles = async (trx: Trx, { hits, ...finds }: PictureFinds): Promise<PictureResult> => {
  const ids = hits.map(({ mediaId }) => mediaId);
  const query = { limit: Math.max(1, ids.length), sort: 'copies', collapse: 'media' } as const;
  const { items } = await readTiles(trx, null, query, { only: sql`select unnest(${ids}::uuid[])` });
  const tiles = new Map(items.map((tile) => [tile.mediaId, tile]));
  return {
    ...finds,
    hits: hits.flatMap(({ mediaId, ...hit }) => {
      const media = tiles.get(mediaId);
      return media === undefined ? [] : [{ media, ...hit }];
    }),
  };
};

/** All that is like it among what the actor of the transaction sees, the best first. */
export const likePicture = async (store: Store<'matcher'>, trx: Trx, seen: ComparableMedia): Promise<Found[]> => {
  const same = await trx
    .selectFrom('media')
    .select('id')
    .where('sha256', '=', Buffer.from(seen.sha256, 'hex'))
    .execute();
  const identical = new Set(same.map(({ id }) => id));
  const near = await visibleMatches(store, trx, seen);
  return [
    ...[...identical].map((mediaId): Found => ({ mediaId, grade: 'identical', reasons: [] })),
    ...near.flatMap(({ mediaId, match: { comparison } }): Found[] =>
      identical.has(mediaId) || comparison.grade === 'none'
        ? []
        : [{ mediaId, grade: comparison.grade, reasons: [...comparison.reasons] }],
    ),
  ].sort(
    (a, b) =>
      gradeRank(a.grade) - gradeRank(b.grade) ||
      strongestDistance(a) - strongestDistance(b) ||
      a.mediaId.localeCompare(b.mediaId),
  );
};

const searchByPicture = <T>(
  store: Store<'app' | 'matcher'>,
  given: Context,
  picture: OutsidePicture,
  { limit, purpose, region }: Wanted,
  say: (trx: Trx, finds: PictureFinds) => Promise<T>,
): Promise<T> => {
  const ctx = purpose === undefined ? given : { ...given, purpose };
  const told = (reason: Reason): Reason =>
    picture.region === null ? reason : { ...reason, where: toldOfWhole(reason.where, picture.region) };
  return withContext(store.app, ctx, async (trx) => {
    const found = (await likePicture(store, trx, picture.seen)).map((one) => ({
      ...one,
      reasons: one.reasons.map(told),
    }));
    const hits: Hit[] = [];
    for (const candidate of found.slice(0, limit)) {
      const filter = { media: candidate.mediaId, scope: null, step: 'seized' } as const;
      const { items } = await readOccurrences(trx, filter, { limit: FILES_SHOWN });
      const { grade, mediaId, reasons } = candidate;
      hits.push({ mediaId, grade, reasons, occurrences: items });
    }
    const { note, sha256 } = picture;
    const answer = await say(trx, { sha256, hits, truncated: found.length > hits.length, note });
    await audit(trx, ctx, {
      type: 'search',
      object: null,
      detail: {
        by: 'picture',
        grades: GRADES_FOUND,
        results: found.length,
        queryDigest: sha256,
        lists: null,
        region: region ?? null,
      },
    });
    return answer;
  });
};

/** For the terminal. */
export const pictureLines = ({ hits, truncated, note }: PictureFinds): string[] => {
  const rows = hits.map((hit) => [
    hit.grade,
    measured(hit.reasons[0]),
    hit.reasons[0] === undefined ? '' : turnInWords(hit.reasons[0].where),
    regionInWords(hit.reasons[0]?.where.b.region),
    timesInWords(hit.reasons),
    hit.occurrences.map((file) => `${file.agency.name} ${file.caseReference}/${file.exhibit} ${file.path}`).join('; '),
  ]);
  const columns = [
    { title: 'grade' },
    { title: 'measured', align: 'right' },
    { title: 'what is stored is' },
    { title: 'in its part' },
    { title: 'when' },
    { title: 'where' },
  ] as const;
  return [
    ...(note === null ? [] : [note]),
    ...(rows.length === 0 ? ['nothing like it, as far as you may see'] : table(columns, rows)),
    ...(truncated ? ['there is more: --limit shows it'] : []),
  ];
};

/** As `--region` takes it. */
const regionInWords = (region: Region | undefined): string =>
  region === undefined
    ? ''
    : [region.x, region.y, region.width, region.height].map((part) => `${Math.round(100 * part)}%`).join(',');

/** When, in what is stored, the strongest reason that is told along time was seen or heard; a picture has no time. */
const timesInWords = (reasons: readonly Reason[]): string => {
  const range = reasons.find(({ where }) => where.b.timeRange !== undefined)?.where.b.timeRange;
  return range === undefined || range.endMs === 0 ? '' : filmRange(range);
};

const measured = (reason: Reason | undefined): string =>
  reason === undefined ? '' : `${reason.method} ${reason.value} of ${reason.threshold} ${reason.unit}`;
