// Writes entries as a media set of VICS, so that reading it gives the same entries again: in the version and for the region that their categories are of.
// What the form has no place for is refused with the entry that has it, never left out.
import { fail } from '@redthread/core/errors';
import type { ListCategory, ListEntry } from './entry.js';
import { FLAGS, MEDIA_KEYS, TEXTS } from './vics-media.js';

const CONTEXT = 'http://github.com/VICSDATAMODEL/ProjectVic/DataModels';
const REGIONS: Readonly<Record<string, string>> = { 'vic-us': 'US', 'vic-default': 'Default', 'vic-canada': 'Canada' };
const SCHEME = /^(vic-us|vic-default|vic-canada|vics-number-([a-z0-9-]+))@(1\.2|1\.3|2\.0)$/;

const inverted = (names: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(names).map(([name, property]) => [property, name]));
const FLAG_NAMES = inverted(FLAGS);
const TEXT_NAMES = inverted(TEXTS);

/** What the head of a file says of its categories. */
interface Head {
  readonly version: string;
  readonly region: string | null;
}

const headOf = (scheme: string | null): Head | null => {
  if (scheme === null) return { version: '2.0', region: null };
  const [, name = '', other, version] = SCHEME.exec(scheme) ?? [];
  return version === undefined ? null : { version, region: other ?? REGIONS[name] ?? null };
};

/** The one scheme that all categories are of. Errors: LIST_NOT_WRITABLE naming the first entry that has another, or more than one category. */
const schemeOf = (entries: Iterable<ListEntry>): string | null => {
  let found: ListCategory | null = null;
  for (const { categories, place } of entries) {
    const [category] = categories;
    if (categories.length > 1)
      throw notWritable(place, `${categories.length} categories, and VICS has one for a media`);
    if (category === undefined) continue;
    if (headOf(category.scheme) === null)
      throw notWritable(place, `a category of ${category.scheme}, which is none of VICS`);
    found ??= category;
    if (found.scheme !== category.scheme)
      throw notWritable(
        place,
        `a category of ${category.scheme}, and others of ${found.scheme}: a file of VICS has one scheme`,
      );
  }
  return found?.scheme ?? null;
};

const notWritable = (place: string, why: string): Error =>
  fail('LIST_NOT_WRITABLE', `${place}: ${why}`, { pointer: 'format' });

/** How a file of VICS begins. Errors: LIST_NOT_WRITABLE for a scheme that is none of VICS. */
export const vicsBeginning = (scheme: string | null, kind: 'Media' | 'Cases'): string => {
  const head = headOf(scheme);
  if (head === null) throw notWritable('scheme', `${scheme} is none of VICS`);
  const region = head.region === null ? '' : `/${head.region}`;
  return `{"@odata.context":${JSON.stringify(`${CONTEXT}/${head.version}.xml${region}/$metadata#${kind}`)},"value":[`;
};
export const VICS_END = '\n]}\n';

/** `entries` is gone through twice. Errors: LIST_NOT_WRITABLE with the entry. */
export function* writeVics(entries: () => Iterable<ListEntry>): Generator<string, void, void> {
  const scheme = schemeOf(entries());
  const { version } = headOf(scheme) as Head;
  yield vicsBeginning(scheme, 'Media');
  let isFirst = true;
  for (const entry of entries()) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(vicsMedia(entry, version))}`;
    isFirst = false;
  }
  yield VICS_END;
}

/** A media in the form of a version. Errors: LIST_NOT_WRITABLE. */
export const vicsMedia = (entry: ListEntry, version: string): Record<string, unknown> => {
  const { categories, flags, key, md5, occurrences, others, photoDna, place, properties, sha1, sha256, size } = entry;
  const media = Object.create(null) as Record<string, unknown>;
  if (key !== null) media['MediaID'] = /^(0|[1-9]\d{0,14})$/.test(key) ? Number(key) : key;
  if (categories[0] !== undefined)
    media['Category'] = /^\d$/.test(categories[0].code) ? Number(categories[0].code) : categories[0].code;
  if (md5 !== null) media['MD5'] = md5.toUpperCase();
  if (sha1 !== null) media['SHA1'] = sha1.toUpperCase();
  if (sha256 !== null) media['SHA256'] = sha256.toUpperCase();
  const alternatives = others.map(({ method, value }) => ({ HashName: method, HashValue: value }));
  // From 2.0 on it has a place of its own.
  const opaque = photoDna === null ? null : Buffer.from(photoDna, 'hex').toString('base64');
  if (opaque !== null && version === '2.0') media['PhotoDNA'] = opaque;
  else if (opaque !== null) alternatives.push({ HashName: 'PhotoDNA', HashValue: opaque });
  if (alternatives.length > 0) media['AlternativeHashes'] = alternatives;
  if (size !== null) media['MediaSize'] = size;
  for (const [flag, stated] of Object.entries(flags)) {
    if (stated === null) continue;
    const name = FLAG_NAMES[flag];
    if (name === undefined) throw notWritable(place, `says ${flag}, for which VICS has no flag`);
    media[name] = stated;
  }
  if (occurrences.length > 0)
    media['MediaFiles'] = occurrences.map(({ name, path, created, written, accessed, deleted, unallocated }) =>
      said({
        FileName: name,
        FilePath: path,
        Created: created,
        Written: written,
        Accessed: accessed,
        Deleted: deleted,
        Unallocated: unallocated,
      }),
    );
  for (const [property, value] of Object.entries(properties)) writeProperty(media, property, value, place);
  return media;
};

const writeProperty = (media: Record<string, unknown>, property: string, value: unknown, place: string): void => {
  if (value === null || value === undefined) return;
  const text = Object.hasOwn(TEXT_NAMES, property) ? TEXT_NAMES[property] : undefined;
  if (text !== undefined) media[text] = value;
  else if (property === 'tags') media['Tags'] = value;
  else if (property === 'exif' && Array.isArray(value))
    media['Exifs'] = (value as [unknown, unknown][]).map(([name, one]) => ({ PropertyName: name, PropertyValue: one }));
  else if (['MediaMetadata', 'Segments', 'Repositories'].includes(property) || !MEDIA_KEYS.has(property))
    media[property] = value;
  else throw notWritable(place, `says something under ${property}, which means something else in VICS`);
};

const said = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
