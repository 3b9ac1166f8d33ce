// Holds what the program found in the sample operation against what was drawn: every pair of files that must be found, and no wrong one.
import { sql } from 'kysely';
import type { Context, MatchGrade } from '@redthread/core/domain';
import {
  expectedGrade,
  filmPairs,
  framesById,
  sameContentPairs,
  type FrameLookup,
  type Truth,
  type TruthFile,
} from '@redthread/synth';
import { withContext, type Store } from '../../store/index.js';

export interface TruthReport {
  /** Pairs of files that the drawn truth says are the same content, within what whole-picture hashes must find. */
  readonly expected: number;
  readonly found: number;
  /** Pairs that must be found and were not: paths, for the person who looks into it. */
  readonly missed: readonly (readonly [string, string])[];
  /** Pairs of contents that were matched and show something else. */
  readonly wrong: readonly (readonly [string, string])[];
  /** Matched copies that were edited beyond what must be found: right, and not asked for. */
  readonly beyondFloor: number;
  /** Pairs of films, and of sounds taken out of them, that are of one film, and those of them that were matched, as a whole or along a stretch. */
  readonly films: { readonly expected: number; readonly found: number };
  /** Pairs of contents that were matched by a part or a place, by what they really have in common. */
  readonly parts: Readonly<Record<InCommon, number>>;
}

/** One picture, edited; one room; a thing or a layout that both show; none of these (a pattern of the drawing program, or an error). */
export type InCommon = 'picture' | 'room' | 'thing' | 'unknown';

interface MatchedPair {
  readonly grade: MatchGrade;
  readonly a: string;
  readonly b: string;
}

const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Reads the matches as `ctx` sees them; `truth` is that of the operation as it was drawn. */
export const checkAgainstTruth = async (store: Store, ctx: Context, truth: Truth): Promise<TruthReport> => {
  const { stored, matched } = await readFound(store, ctx);
  const whole = matched.filter(({ grade }) => grade === 'same content');
  const foundPairs = new Set(whole.map(({ a, b }) => pairKey(a, b)));
  const isFound = (a: TruthFile, b: TruthFile): boolean =>
    stored.has(a.sha256) &&
    stored.has(b.sha256) &&
    (a.sha256 === b.sha256 || foundPairs.has(pairKey(a.sha256, b.sha256)));

  const wanted = sameContentPairs(truth);
  const missed = wanted.filter(({ a, b }) => !isFound(a, b));
  const grades = gradesOfMatches(truth, whole);
  return {
    expected: wanted.length,
    found: wanted.length - missed.length,
    missed: missed.map(({ a, b }) => [label(a), label(b)] as const),
    wrong: grades.filter(({ grade }) => grade === 'wrong').map(({ a, b }) => [label(a), label(b)] as const),
    beyondFloor: grades.filter(({ grade }) => grade === 'beyond the floor').length,
    films: countFilms(truth, matched),
    parts: countParts(
      truth,
      matched.filter(({ grade }) => grade === 'partial' || grade === 'same scene'),
    ),
  };
};

const label = (file: TruthFile): string => `${file.exhibit}/${file.path}`;

const readFound = (store: Store, ctx: Context) =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const media = await sql<{ sha256: string }>`select distinct encode(sha256, 'hex') as sha256 from media`.execute(
        trx,
      );
      const pairs = await sql<MatchedPair>`
        select m.grade, encode(a.sha256, 'hex') as a, encode(b.sha256, 'hex') as b
        from matches m join media a on a.id = m.media_a join media b on b.id = m.media_b`.execute(trx);
      return { stored: new Set(media.rows.map(({ sha256 }) => sha256)), matched: pairs.rows };
    },
    { access: 'read only' },
  );

type Judged = 'right' | 'beyond the floor' | 'wrong';

/** One judgement a pair of contents; contents that several files share are judged by any of them. */
const gradesOfMatches = (truth: Truth, matched: readonly MatchedPair[]) => {
  const frames = framesById(truth);
  const bySha256 = new Map(truth.files.map((file) => [file.sha256, file]));
  const seen = new Set<string>();
  return matched.flatMap(({ a, b }): { a: TruthFile; b: TruthFile; grade: Judged }[] => {
    const [fileA, fileB] = [bySha256.get(a), bySha256.get(b)];
    const key = pairKey(a, b);
    if (fileA === undefined || fileB === undefined || seen.has(key)) return [];
    seen.add(key);
    const grade = expectedGrade(frames, fileA, fileB);
    const judged = grade === 'same content' ? 'right' : grade === 'partial' ? 'beyond the floor' : 'wrong';
    return [{ a: fileA, b: fileB, grade: judged }];
  });
};

const countFilms = (truth: Truth, matched: readonly MatchedPair[]): TruthReport['films'] => {
  const keys = new Set(matched.map(({ a, b }) => pairKey(a, b)));
  const pairs = filmPairs(truth);
  return { expected: pairs.length, found: pairs.filter(([a, b]) => keys.has(pairKey(a.sha256, b.sha256))).length };
};

const countParts = (truth: Truth, matched: readonly MatchedPair[]): Record<InCommon, number> => {
  const frames = framesById(truth);
  const bySha256 = new Map(truth.files.map((file) => [file.sha256, file]));
  const counts: Record<InCommon, number> = { picture: 0, room: 0, thing: 0, unknown: 0 };
  const pairs = new Map(matched.map(({ a, b }) => [pairKey(a, b), [bySha256.get(a), bySha256.get(b)] as const]));
  for (const [a, b] of pairs.values()) if (a !== undefined && b !== undefined) counts[inCommon(frames, a, b)] += 1;
  return counts;
};

const inCommon = (frames: FrameLookup, a: TruthFile, b: TruthFile): InCommon => {
  const grade = expectedGrade(frames, a, b);
  if (grade === 'same content' || grade === 'partial') return 'picture';
  if (grade === 'same scene') return 'room';
  const things = (file: TruthFile): ReadonlySet<string> =>
    new Set(
      file.frames.flatMap((id) => {
        const frame = frames.get(id);
        return [...(frame?.objects.map(({ object }) => object) ?? []), ...(frame?.template ? [frame.template] : [])];
      }),
    );
  const ofB = things(b);
  return [...things(a)].some((thing) => ofB.has(thing)) ? 'thing' : 'unknown';
};
