// A media as an entry of a list of hashes, which VICS, ICSE and the table are written from. What somebody here decided is its category; what lists say,
// and votes that decide nothing, stand beside it under names of our own.
import { codeName, mapCode, type Schemes } from '@redthread/core/schemes';
import { isRedthreadError } from '@redthread/core/errors';
import { entryOf, type ListCategory, type ListEntry, type ListOccurrence } from '../../formats/lists/index.js';
import type { ExchangeFile, ExchangeMedia, ExchangeVerdict } from '../../formats/exchange/media.js';

/** The category in a scheme, or why there is none. */
export type Categorised =
  | { readonly category: ListCategory }
  | { readonly category: null; readonly why: 'CATEGORY_NOT_MAPPED' | 'CATEGORY_UNDECIDED' | null };

/** What is decided in the scheme itself comes before what a map leads to; nothing is guessed, and two maps that disagree give nothing. */
export const categoryIn = (schemes: Schemes, scheme: string, verdicts: readonly ExchangeVerdict[]): Categorised => {
  const decided = verdicts.filter(({ code, state }) => state === 'decided' && code !== null);
  const own = decided.find((one) => one.scheme === scheme);
  if (own !== undefined) return { category: { scheme, code: own.code ?? '' } };
  const mapped = new Set(decided.flatMap((one) => mappedCode(schemes, scheme, one)));
  const [code] = mapped;
  if (mapped.size === 1 && code !== undefined) return { category: { scheme, code } };
  if (decided.length > 0) return { category: null, why: 'CATEGORY_NOT_MAPPED' };
  return { category: null, why: verdicts.length > 0 ? 'CATEGORY_UNDECIDED' : null };
};

/** No map, or a scheme that this instance does not have. */
const NO_WAY: ReadonlySet<string> = new Set(['MAP_UNKNOWN', 'SCHEME_UNKNOWN', 'CODE_UNKNOWN']);

const mappedCode = (schemes: Schemes, scheme: string, { scheme: from, code }: ExchangeVerdict): string[] => {
  try {
    const { to } = mapCode(schemes, codeName({ scheme: from, code: code ?? '' }), scheme);
    return to === null ? [] : [to.slice(scheme.length + 1)];
  } catch (error) {
    if (isRedthreadError(error) && NO_WAY.has(error.code)) return [];
    throw error;
  }
};

interface Property {
  readonly PropertyName: string;
  readonly PropertyValue: string;
}

const property = (name: string, value: string): Property => ({
  PropertyName: `redthread:${name}`,
  PropertyValue: value,
});

const said = ({ code, looked, byStack, notLooked, scheme, state }: ExchangeVerdict): string =>
  `${scheme}:${code ?? '-'} ${state} looked=${looked} by-stack=${byStack} not-looked=${notLooked}`;

const nameOf = (path: string): string | null => path.slice(path.lastIndexOf('/') + 1) || null;

const timeOf = ({ times }: ExchangeFile, kind: string): string | null =>
  times.find((time) => time.kind === kind)?.text ?? null;

const occurrence = (file: ExchangeFile): ListOccurrence => ({
  name: nameOf(file.path),
  path: file.path === '' ? null : file.path,
  created: timeOf(file, 'created'),
  written: timeOf(file, 'modified'),
  accessed: timeOf(file, 'accessed'),
  // Nothing but a file system says whether a file is there.
  deleted: file.deletion === null ? null : true,
  unallocated: null,
});

const listWords = ({ name, owner, polarity, version }: ExchangeMedia['lists'][number]): string =>
  `${name} ${version} ${polarity}${owner === null ? '' : ` of ${owner}`}`;

/** `files`: those of the media that belong where the entry is written. */
export const listEntryOf = (
  media: ExchangeMedia,
  files: readonly ExchangeFile[],
  category: ListCategory | null,
): ListEntry => {
  const { lists, metadata, mime, series, verdicts } = media;
  const more = [...new Set(files.map(({ handling }) => handling))].map((code) => property('handling', code));
  return entryOf({
    place: `media ${media.id}`,
    key: media.id,
    md5: media.md5,
    sha1: media.sha1,
    sha256: media.sha256,
    others: media.pdq === null ? [] : [{ method: 'PDQ', value: media.pdq }],
    categories: category === null ? [] : [category],
    size: media.sizeBytes,
    // Nothing is said where nobody has said it: a series that is worked on is not a child that is unknown.
    flags: series.some(({ state }) => state === 'identified') ? { victimIdentified: true } : {},
    occurrences: files.some(({ path, times }) => path !== '' || times.length > 0) ? files.map(occurrence) : [],
    properties: {
      mimeType: mime,
      ...(series.length > 0 && { series: series.map(({ name }) => name).join('; ') }),
      ...(metadata.length > 0 && { exif: metadata.map(([name, value]) => [name, value]) }),
      MediaMetadata: [
        ...more,
        ...verdicts.map((verdict) => property('verdict', said(verdict))),
        ...lists.map((hit) => property('list', listWords(hit))),
        ...(media.closed ? [property('closed', 'not viewed by the provider; no legal basis')] : []),
      ],
    },
  });
};

/** The columns of ICSE, and no others. */
export const icseEntryOf = (media: ExchangeMedia, baseline: ListCategory | null): ListEntry =>
  entryOf({
    place: `media ${media.id}`,
    key: media.id,
    md5: media.md5,
    sha1: media.sha1,
    categories: baseline === null ? [] : [baseline],
    flags: {
      ...(media.series.some(({ state }) => state === 'identified') && { victimIdentified: true }),
    },
    properties: {
      ...(media.series.length > 0 && { series: media.series.map(({ name }) => name).join('; ') }),
      agency: media.agency.name,
      media: media.kind,
    },
  });
