// Search by a picture on the local machine: the same bytes, then the same picture by sight, in eight orientations, among
// the media that the person may see. Compares with every stored hash: exact, and at local sizes a matter of moments.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Occurrence } from '@redthread/core/contract';
import type { Context, MatchGrade } from '@redthread/core/domain';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { distanceBits256, HASH_BYTES, ORIENTATIONS, type Orientation } from '@redthread/core/kernels';
import { createDecoder, identifyFurther, IDENTIFY_BYTES, isDecodable } from '../../media/index.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { table } from '../../app/cli/table.js';
import { readOccurrences } from '../media/index.js';

const THRESHOLD_BITS = 31;
/** Below this quality a picture is featureless: near everything, and evidence of nothing. */
const LEAST_QUALITY = 50;
const BATCH = 20_000;
/** Files that are shown of one media. */
const FILES_SHOWN = 3;

export interface PictureHit {
  readonly mediaId: string;
  readonly grade: MatchGrade;
  /** Bits of 256 that differ; 0 for the same bytes. */
  readonly value: number;
  readonly threshold: number;
  readonly orientation: Orientation;
  readonly occurrences: readonly Occurrence[];
}

export interface PictureSearch {
  readonly file: string;
  readonly sha256: string;
  readonly hits: readonly PictureHit[];
  readonly truncated: boolean;
  /** Why it was compared by its digest only, where it was. */
  readonly note: string | null;
}

interface Candidate {
  readonly mediaId: string;
  readonly grade: MatchGrade;
  readonly value: number;
  readonly orientation: Orientation;
}

/** Errors: SOURCE_UNREADABLE. A picture that cannot be decoded is searched by its bytes, and `note` says why. */
export const searchByPicture = async (
  store: Store<'app' | 'matcher'>,
  given: Context,
  input: { readonly file: string; readonly limit: number; readonly purpose?: string | undefined },
): Promise<PictureSearch> => {
  const ctx = input.purpose === undefined ? given : { ...given, purpose: input.purpose };
  const bytes = await readFile(input.file).catch((error: unknown) => {
    throw fail('SOURCE_UNREADABLE', input.file, { cause: error });
  });
  const sha256 = createHash('sha256').update(bytes).digest();
  const { hashes, note } = await hashesOf(bytes);
  return withContext(store.app, ctx, async (trx) => {
    const same = await trx.selectFrom('media').select('id').where('sha256', '=', sha256).execute();
    const identical = same.map(({ id }): Candidate => ({
      mediaId: id,
      grade: 'identical',
      value: 0,
      orientation: 'upright',
    }));
    const near = hashes === null ? [] : await nearMedia(store, trx, hashes, new Set(same.map(({ id }) => id)));
    const found = [...identical, ...near.sort((a, b) => a.value - b.value || a.mediaId.localeCompare(b.mediaId))];
    const hits: PictureHit[] = [];
    for (const candidate of found.slice(0, input.limit)) {
      const filter = { media: candidate.mediaId, scope: null, step: 'seized' } as const;
      const { items } = await readOccurrences(trx, filter, { limit: FILES_SHOWN });
      hits.push({ ...candidate, threshold: THRESHOLD_BITS, occurrences: items });
    }
    await audit(trx, ctx, {
      type: 'search',
      object: null,
      detail: {
        by: 'picture',
        grades: ['identical', 'same content'],
        results: found.length,
        queryDigest: sha256.toString('hex'),
      },
    });
    return { file: input.file, sha256: sha256.toString('hex'), hits, truncated: found.length > hits.length, note };
  });
};

/** The hash of the picture in eight orientations, or why there is none to compare. */
const hashesOf = async (bytes: Buffer): Promise<{ hashes: Uint8Array[] | null; note: string | null }> => {
  const { mime } = await identifyFurther(bytes.subarray(0, IDENTIFY_BYTES), bytes.length);
  if (!isDecodable(mime)) return { hashes: null, note: `IMAGE_UNSUPPORTED: ${mime} is compared by its digest only` };
  const decoder = createDecoder();
  try {
    const { signals } = await decoder.decode(bytes, { mime });
    const { hashes, quality } = signals.pdq;
    if (quality < LEAST_QUALITY)
      return {
        hashes: null,
        note: `LOW_QUALITY: ${quality} of at least ${LEAST_QUALITY}: too few features to compare by sight`,
      };
    const each = ORIENTATIONS.map((_, i) => hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
    return { hashes: each, note: null };
  } catch (error) {
    if (isRedthreadError(error)) return { hashes: null, note: `${error.code}: ${error.detail}` };
    throw error;
  } finally {
    await decoder.close();
  }
};

/** Signals belong to contents, which no person reads: only those of media that this person sees are loaded. */
const nearMedia = async (
  store: Store<'matcher'>,
  trx: Trx,
  hashes: readonly Uint8Array[],
  except: ReadonlySet<string>,
): Promise<Candidate[]> => {
  const visible = await trx.selectFrom('media').select('id').where('comparable', '=', true).execute();
  const hits: Candidate[] = [];
  for (let at = 0; at < visible.length; at += BATCH) {
    const ids = visible.slice(at, at + BATCH).map(({ id }) => id);
    const signals = await store.matcher
      .selectFrom('signals as s')
      .innerJoin('media as m', 'm.content_id', 's.content_id')
      .select(['m.id', 's.value'])
      .where('s.method', '=', 'pdq')
      .where('s.quality', '>=', LEAST_QUALITY)
      .where('m.id', '=', sql<string>`any(${ids}::uuid[])`)
      .execute();
    for (const { id, value } of signals) {
      if (except.has(id)) continue;
      const nearest = nearestOf(value.subarray(0, HASH_BYTES), hashes);
      if (nearest.value <= THRESHOLD_BITS) hits.push({ mediaId: id, grade: 'same content', ...nearest });
    }
  }
  return hits;
};

const nearestOf = (stored: Uint8Array, hashes: readonly Uint8Array[]): { value: number; orientation: Orientation } => {
  let nearest: { value: number; orientation: Orientation } = { value: Infinity, orientation: 'upright' };
  for (const [i, orientation] of ORIENTATIONS.entries()) {
    const hash = hashes[i];
    if (hash === undefined) continue;
    const value = distanceBits256(stored, hash);
    if (value < nearest.value) nearest = { value, orientation };
  }
  return nearest;
};

/** For the terminal. */
export const pictureLines = ({ hits, truncated, note }: PictureSearch): string[] => {
  const rows = hits.map((hit) => [
    hit.grade,
    hit.grade === 'identical' ? '' : `${hit.value} of ${hit.threshold} bits`,
    hit.orientation === 'upright' ? '' : hit.orientation,
    hit.occurrences.map((file) => `${file.agency.name} ${file.caseReference}/${file.exhibit} ${file.path}`).join('; '),
  ]);
  const columns = [
    { title: 'grade' },
    { title: 'measured', align: 'right' },
    { title: 'turned' },
    { title: 'where' },
  ] as const;
  return [
    ...(note === null ? [] : [note]),
    ...(rows.length === 0 ? ['nothing like it, as far as you may see'] : table(columns, rows)),
    ...(truncated ? ['there is more: --limit shows it'] : []),
  ];
};
