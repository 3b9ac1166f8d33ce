// Counts, from the signals of a planted set, what each method and all of them together find and confuse.
import type { SelfTest, SelfTestEdit, SelfTestErrors } from '@redthread/core/contract';
import { compareMedia, isAtLeast, NearCandidates, PartCandidates, type ComparableMedia } from '@redthread/core/graph';
import { FEATURE_SIGNAL, METHODS, signalOf, type SignalMethod } from '@redthread/core/signals';

/** A file of the set with its signals; `edit` is null for the picture itself. */
export interface PlantedMedia extends ComparableMedia {
  readonly picture: string;
  readonly group: string;
  readonly edit: string | null;
  readonly promised: boolean;
}

export type Measured = Pick<SelfTest, 'edits' | 'falseMatches' | 'notProposed' | 'misses' | 'holds'>;

/** Methods that compare pictures: whoever registers another one finds it here. */
export const measuredMethods = (): readonly SignalMethod[] =>
  METHODS.filter(({ mediaTypes }) => mediaTypes.includes('picture'));

/** Longer values are dear to compare: of pairs that show different pictures, only those of originals and those that `compareMedia` asks about. */
const SHORT_VALUE_BYTES = 256;
const NAMED_MISSES = 20;
/** Local features take milliseconds a pair: of different pictures, those of so many originals are compared by them. */
const FEATURED_ORIGINALS = 64;

/** Errors: the reason of `signal`, looked at between two files. */
export const measure = async (media: readonly PlantedMedia[], signal?: AbortSignal): Promise<Measured> => {
  const methods = measuredMethods();
  const originals = media.filter(({ edit }) => edit === null);
  const copies = media.filter(({ edit }) => edit !== null);
  const { edits, misses, matched } = measureCopies(originals, copies, methods);
  const errors = emptyErrors(methods);
  const featured = new Set(originals.slice(0, FEATURED_ORIGINALS));
  const compared = media.map((one) => (featured.has(one) ? one : withoutFeatures(one)));
  for (const [position, a] of compared.entries()) {
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    for (const b of compared.slice(position + 1)) {
      if (a.picture === b.picture) continue;
      if (countErrors(errors, methods, a, b)) matched.push([a, b]);
    }
  }
  const notProposed = countNotProposed(media, matched);
  const isFound = edits.every(({ promised, copies: made, found }) => !promised || found.together === made);
  return {
    edits,
    misses: misses.slice(0, NAMED_MISSES),
    falseMatches: errors,
    notProposed,
    holds: isFound && errors.together.errors === 0 && notProposed === 0,
  };
};

const withoutFeatures = (media: PlantedMedia): PlantedMedia => ({
  ...media,
  signals: media.signals.filter(({ method }) => method !== FEATURE_SIGNAL),
});

type Pair = readonly [a: PlantedMedia, b: PlantedMedia];

const measureCopies = (
  originals: readonly PlantedMedia[],
  copies: readonly PlantedMedia[],
  methods: readonly SignalMethod[],
): { edits: SelfTestEdit[]; misses: SelfTest['misses']; matched: Pair[] } => {
  const byPicture = new Map(originals.map((original) => [original.picture, original]));
  const edits = new Map<string, SelfTestEdit>();
  const misses: SelfTest['misses'] = [];
  const matched: Pair[] = [];
  for (const copy of copies) {
    const { edit, picture, promised } = copy;
    const original = byPicture.get(picture);
    if (original === undefined || edit === null) continue;
    const row = edits.get(edit) ?? emptyEdit(edit, promised, methods);
    const comparison = compareMedia(original, copy);
    const isFound = comparison.grade !== 'none';
    row.copies += 1;
    row.found.together += isFound ? 1 : 0;
    for (const method of methods)
      if (says(method, original, copy)) row.found.byMethod[method.name] = (row.found.byMethod[method.name] ?? 0) + 1;
    edits.set(edit, row);
    if (isFound) matched.push([original, copy]);
    else if (promised) misses.push({ picture, edit, why: whyNot(comparison) });
  }
  return { edits: [...edits.values()], misses, matched };
};

const emptyEdit = (edit: string, promised: boolean, methods: readonly SignalMethod[]): SelfTestEdit => ({
  edit,
  promised,
  copies: 0,
  found: { together: 0, byMethod: Object.fromEntries(methods.map(({ name }) => [name, 0])) },
});

const says = (method: SignalMethod, a: ComparableMedia, b: ComparableMedia): boolean => {
  const [signalA, signalB] = [signalOf(a.signals, method), signalOf(b.signals, method)];
  return signalA !== undefined && signalB !== undefined && method.compare(signalA, signalB).grade !== null;
};

const isWithin = ({ matchesWhen, threshold }: SignalMethod, value: number): boolean =>
  matchesWhen === 'at-most' ? value <= threshold : value >= threshold;

const whyNot = ({ notes, tried }: ReturnType<typeof compareMedia>): string => {
  const values = tried.filter(({ method }) => method !== 'sha256').map(({ method, value }) => `${method} ${value}`);
  return [...notes.map(({ code, detail }) => `${code}: ${detail}`), ...values].join(', ') || 'no signals';
};

const none = (): SelfTestErrors => ({ comparisons: 0, errors: 0, nearMiss: { comparisons: 0, errors: 0 } });

const emptyErrors = (methods: readonly SignalMethod[]): SelfTest['falseMatches'] => ({
  together: none(),
  byMethod: Object.fromEntries(methods.map(({ name }) => [name, none()])),
});

/** Adds one pair that shows different pictures; true where all methods together take it for a match. */
const countErrors = (
  errors: SelfTest['falseMatches'],
  methods: readonly SignalMethod[],
  a: PlantedMedia,
  b: PlantedMedia,
): boolean => {
  const isNearMiss = a.group === b.group;
  const areOriginals = a.edit === null && b.edit === null;
  const comparison = compareMedia(a, b);
  // Of one room or one template, parts and places are in common: only the whole is not.
  const isMatch = isNearMiss ? isAtLeast(comparison.grade, 'same content') : comparison.grade !== 'none';
  add(errors.together, isMatch, isNearMiss);
  const measured = new Map([...comparison.reasons, ...comparison.tried].map((reason) => [reason.method, reason.value]));
  for (const method of methods) {
    const counts = errors.byMethod[method.name];
    const value = measured.get(method.name);
    const isDear = (signalOf(a.signals, method)?.value.length ?? 0) > SHORT_VALUE_BYTES;
    if (counts === undefined || (isDear && !areOriginals && value === undefined)) continue;
    if (signalOf(a.signals, method) === undefined || signalOf(b.signals, method) === undefined) continue;
    if (isNearMiss && method.examples.every(({ grade }) => grade === null || !isAtLeast(grade, 'same content')))
      continue;
    // What was measured beyond the threshold needs no second look.
    add(counts, (value === undefined || isWithin(method, value)) && says(method, a, b), isNearMiss);
  }
  return isMatch;
};

const add = (counts: SelfTestErrors, isError: boolean, isNearMiss: boolean): void => {
  counts.comparisons += 1;
  if (isError) counts.errors += 1;
  if (!isNearMiss) return;
  counts.nearMiss.comparisons += 1;
  if (isError) counts.nearMiss.errors += 1;
};

/** Matches that the index, as the matcher asks it, does not propose: each would be missed in a real store. */
const countNotProposed = (media: readonly PlantedMedia[], matched: readonly Pair[]): number => {
  const [wholes, parts] = [new NearCandidates(), new PartCandidates()];
  const ids = new Map(media.map((one, id) => [one.sha256, id]));
  media.forEach(({ signals }, id) => {
    wholes.add(id, signals);
    parts.add(id, signals);
  });
  return matched.filter(([a, b]) => {
    const id = ids.get(a.sha256);
    if (a.sha256 === b.sha256) return false;
    return id === undefined || !(wholes.find(b.signals).includes(id) || parts.find(b.signals).includes(id));
  }).length;
};
