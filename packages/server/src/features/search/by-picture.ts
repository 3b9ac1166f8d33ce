// Search by a picture on the local machine: the same bytes, then the same picture by sight, in eight orientations, among
// the media that the person may see. Compares with every stored hash: exact, and at local sizes a matter of moments.
import type { Occurrence, Reason } from '@redthread/core/contract';
import { gradeRank, turnInWords, type Context, type Grade } from '@redthread/core/domain';
import { table } from '../../app/cli/table.js';
import { audit, withContext, type Store } from '../../store/index.js';
import { readOccurrences } from '../media/index.js';
import { readPicture } from './read-picture.js';
import { visibleMatches } from './visible-signals.js';

/** Files that are shown of one media. */
const FILES_SHOWN = 3;

export interface PictureHit {
  readonly mediaId: string;
  readonly grade: Grade;
  /** Every measurement that supports the grade, strongest first. */
  readonly reasons: readonly Reason[];
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

type Found = Omit<PictureHit, 'occurrences'>;

const valueOf = ({ reasons }: Found): number => reasons[0]?.value ?? 0;

/** Errors: SOURCE_UNREADABLE. A picture that cannot be decoded is searched by its bytes, and `note` says why. */
export const searchByPicture = async (
  store: Store<'app' | 'matcher'>,
  given: Context,
  input: { readonly file: string; readonly limit: number; readonly purpose?: string | undefined },
): Promise<PictureSearch> => {
  const ctx = input.purpose === undefined ? given : { ...given, purpose: input.purpose };
  const picture = await readPicture(store.config, input.file);
  return withContext(store.app, ctx, async (trx) => {
    const same = await trx
      .selectFrom('media')
      .select('id')
      .where('sha256', '=', Buffer.from(picture.sha256, 'hex'))
      .execute();
    const identical = new Set(same.map(({ id }) => id));
    const near = await visibleMatches(store, trx, picture);
    const found = [
      ...[...identical].map((mediaId): Found => ({ mediaId, grade: 'identical', reasons: [] })),
      ...near
        .filter(({ mediaId }) => !identical.has(mediaId))
        .map(({ mediaId, match: { comparison } }): Found => ({ mediaId, ...comparison })),
    ].sort(
      (a, b) =>
        gradeRank(a.grade) - gradeRank(b.grade) || valueOf(a) - valueOf(b) || a.mediaId.localeCompare(b.mediaId),
    );
    const hits: PictureHit[] = [];
    for (const candidate of found.slice(0, input.limit)) {
      const filter = { media: candidate.mediaId, scope: null, step: 'seized' } as const;
      const { items } = await readOccurrences(trx, filter, { limit: FILES_SHOWN });
      const { grade, mediaId, reasons } = candidate;
      hits.push({ mediaId, grade, reasons, occurrences: items });
    }
    await audit(trx, ctx, {
      type: 'search',
      object: null,
      detail: {
        by: 'picture',
        grades: ['identical', 'same content'],
        results: found.length,
        queryDigest: picture.sha256,
      },
    });
    const { note, sha256 } = picture;
    return { file: input.file, sha256, hits, truncated: found.length > hits.length, note };
  });
};

/** For the terminal. */
export const pictureLines = ({ hits, truncated, note }: PictureSearch): string[] => {
  const rows = hits.map((hit) => [
    hit.grade,
    measured(hit.reasons[0]),
    hit.reasons[0] === undefined ? '' : turnInWords(hit.reasons[0].where),
    hit.occurrences.map((file) => `${file.agency.name} ${file.caseReference}/${file.exhibit} ${file.path}`).join('; '),
  ]);
  const columns = [
    { title: 'grade' },
    { title: 'measured', align: 'right' },
    { title: 'what is stored is' },
    { title: 'where' },
  ] as const;
  return [
    ...(note === null ? [] : [note]),
    ...(rows.length === 0 ? ['nothing like it, as far as you may see'] : table(columns, rows)),
    ...(truncated ? ['there is more: --limit shows it'] : []),
  ];
};

const measured = (reason: Reason | undefined): string =>
  reason === undefined ? '' : `${reason.method} ${reason.value} of ${reason.threshold} ${reason.unit}`;
