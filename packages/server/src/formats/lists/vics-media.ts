// One media of a VICS file. Flags are text in hash sets and truth values in case exports; PhotoDNA stands on the media (2.0) or among its alternative
// hashes (1.3), in base64 or hex; dates stay as they are written.
import {
  entryOf,
  type ListCategory,
  type ListEntry,
  type ListHeader,
  type ListOccurrence,
  type OtherHash,
} from './entry.js';
import { digestOf, photoDnaOf } from './hashes.js';
import { isRecord, type JsonRecord } from './json-entries.js';
import type { Notes } from './notes.js';
import { countOf, statedOf, textOf } from './stated.js';

export const FLAGS = {
  VictimIdentified: 'victimIdentified',
  OffenderIdentified: 'offenderIdentified',
  IsDistributed: 'distributed',
  IsSuspected: 'suspected',
  SelfGenerated: 'selfGenerated',
  IsPrecategorized: 'precategorized',
} as const;
const FLAG_NAMES = Object.entries(FLAGS);

export const TEXTS = {
  DateUpdated: 'dateUpdated',
  Series: 'series',
  Comments: 'comments',
  MimeType: 'mimeType',
  RelativeFilePath: 'relativePath',
  PrecategorizationSource: 'precategorizationSource',
} as const;
const TEXT_NAMES = Object.entries(TEXTS);

const READ = {
  media: new Set([
    ...Object.keys(FLAGS),
    ...Object.keys(TEXTS),
    'MediaID',
    'Category',
    'MD5',
    'SHA1',
    'SHA256',
    'PhotoDNA',
    'MediaSize',
    'Tags',
    'Miniature',
    'AlternativeHashes',
    'Exifs',
    'MediaFiles',
    'MediaMetadata',
    'Segments',
    'Repositories',
  ]),
  case: new Set([
    'CaseID',
    'CaseNumber',
    'ContactOrganization',
    'ContactName',
    'ContactPhone',
    'ContactEmail',
    'ContactTitle',
    'TotalMediaFiles',
    'TotalPrecategorized',
    'SeizureDate',
    'SourceApplicationName',
    'SourceApplicationVersion',
    'CaseMetadata',
    'Media',
  ]),
} as const;

/** Of a media: names that mean something. */
export const MEDIA_KEYS: ReadonlySet<string> = READ.media;

/** Notes names that the format does not have; the noise of OData is none. */
export const knownKeys = (of: keyof typeof READ, value: JsonRecord, pointer: string, notes: Notes): string[] => {
  const unknown: string[] = [];
  for (const key in value) {
    if (READ[of].has(key) || key.includes('odata.')) continue;
    unknown.push(key);
    notes.add('KEY_UNKNOWN', `${pointer}/${key}`);
  }
  return unknown;
};

/** Null where no hash is left to go by. */
export const mediaOf = (value: JsonRecord, pointer: string, header: ListHeader, notes: Notes): ListEntry | null => {
  const md5 = digestOf('md5', value['MD5'], `${pointer}/MD5`, notes);
  const other = alternativesOf(value['AlternativeHashes'], pointer, notes);
  const sha1 = digestOf('sha1', value['SHA1'], `${pointer}/SHA1`, notes) ?? other.sha1;
  const sha256 = digestOf('sha256', value['SHA256'], `${pointer}/SHA256`, notes) ?? other.sha256;
  const photoDna = photoDnaOf(value['PhotoDNA'], `${pointer}/PhotoDNA`, notes) ?? other.photoDna;
  // The digest of an empty file beside other hashes of it: nothing of such an entry is to match.
  if (md5 === null && sha1 === null && sha256 === null && photoDna === null && other.others.length === 0) return null;
  return entryOf({
    place: pointer,
    key: value['MediaID'] === undefined || value['MediaID'] === null ? null : plainText(value['MediaID']),
    md5,
    sha1,
    sha256,
    photoDna,
    others: other.others,
    categories: header.format === 'nist-caid' ? [] : categoriesOf(value['Category'], pointer, header, notes),
    size: countOf(value['MediaSize'], `${pointer}/MediaSize`, notes),
    flags: flagsOf(value, pointer, notes),
    occurrences: occurrencesOf(value['MediaFiles'], pointer, notes),
    properties: propertiesOf(value, pointer, header, notes),
  });
};

const flagsOf = (value: JsonRecord, pointer: string, notes: Notes): ListEntry['flags'] => {
  const flags: Record<string, boolean | null> = {};
  for (const [name, flag] of FLAG_NAMES)
    if (value[name] !== undefined) flags[flag] = statedOf(value[name], `${pointer}/${name}`, notes);
  return flags;
};

/** Text and numbers as they stand; anything else as JSON, so that nothing becomes `[object Object]`. */
export const plainText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Only `Category` decides, whatever is said of precategorisation; null and nothing are no verdict, and 0 is one. */
const categoriesOf = (raw: unknown, pointer: string, header: ListHeader, notes: Notes): ListCategory[] => {
  if (raw === null || raw === undefined || raw === '') return [];
  const code = plainText(raw).trim();
  if (!/^[0-9A-Za-z]{1,8}$/.test(code)) notes.add('CATEGORY_NOT_OF_SCHEME', `${pointer}/Category`, code);
  return [{ scheme: header.scheme, code: code.slice(0, 100) }];
};

interface Alternatives {
  sha1: string | null;
  sha256: string | null;
  photoDna: string | null;
  readonly others: OtherHash[];
}

const alternativesOf = (raw: unknown, pointer: string, notes: Notes): Alternatives => {
  const found: Alternatives = { sha1: null, sha256: null, photoDna: null, others: [] };
  if (!Array.isArray(raw)) return found;
  raw.forEach((hash: unknown, index) => {
    const place = `${pointer}/AlternativeHashes/${index}`;
    if (!isRecord(hash) || typeof hash['HashName'] !== 'string') return notes.add('HASH_INVALID', place);
    const name = hash['HashName'].toLowerCase().replace(/[^a-z0-9]/g, '');
    const value = hash['HashValue'];
    if (name === 'photodna') found.photoDna ??= photoDnaOf(value, place, notes);
    else if (name === 'sha1') found.sha1 ??= digestOf('sha1', value, place, notes);
    else if (name === 'sha256') found.sha256 ??= digestOf('sha256', value, place, notes);
    else if (typeof value === 'string' && value !== '') found.others.push({ method: hash['HashName'], value });
  });
  return found;
};

const occurrencesOf = (raw: unknown, pointer: string, notes: Notes): ListOccurrence[] => {
  if (!Array.isArray(raw)) return [];
  const found: ListOccurrence[] = [];
  raw.forEach((file: unknown, index) => {
    if (!isRecord(file)) return;
    const place = `${pointer}/MediaFiles/${index}`;
    found.push({
      name: textOf(file['FileName']),
      path: textOf(file['FilePath']),
      created: textOf(file['Created']),
      written: textOf(file['Written']) ?? textOf(file['Modified']),
      accessed: textOf(file['Accessed']),
      deleted: statedOf(file['Deleted'], `${place}/Deleted`, notes),
      unallocated: statedOf(file['Unallocated'], `${place}/Unallocated`, notes),
    });
  });
  return found;
};

const propertiesOf = (value: JsonRecord, pointer: string, header: ListHeader, notes: Notes): JsonRecord => {
  const properties: Record<string, unknown> = {};
  for (const [name, property] of TEXT_NAMES) {
    const text = textOf(value[name]);
    if (text !== null) properties[property] = text;
  }
  if (header.format === 'nist-caid') properties['categoryInFile'] = value['Category'];
  const tags = value['Tags'];
  if (tags !== null && tags !== undefined && tags !== '') properties['tags'] = tags;
  if (Array.isArray(value['Exifs']) && value['Exifs'].length > 0)
    properties['exif'] = value['Exifs'].filter(isRecord).map((one) => [one['PropertyName'], one['PropertyValue']]);
  for (const name of ['MediaMetadata', 'Segments', 'Repositories'] as const)
    if (Array.isArray(value[name]) && value[name].length > 0) properties[name] = value[name];
  for (const key of knownKeys('media', value, pointer, notes)) properties[key] = value[key];
  return properties;
};
