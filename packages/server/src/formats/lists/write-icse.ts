// Writes entries as the hash list of ICSE: the 16 columns of the field, with the empty cell that closes each of its rows. Reading gives the same entries
// again; of what it has no column for (paths, sizes, other schemes) nothing stands in it.
import { csvCell } from '../csv-cell.js';
import type { ListEntry, Stated } from './entry.js';

const COLUMNS = [
  'MD5',
  'SHA1',
  'ZZ40',
  'PhotoDNA',
  'Lace',
  'Image ID',
  'Is distributed',
  'Victim identified',
  'Offender identified',
  'Series name',
  'Investigation name',
  'Agency',
  'Number of submissions',
  'File Available',
  'Media Type',
  'Baseline',
] as const;

export const ICSE_HEAD = `${COLUMNS.join(';')}\n`;
const BASELINE = 'interpol-baseline@1';

const worded = (stated: Stated | undefined, yes: string, no: string): string =>
  stated === true ? yes : stated === false ? no : '';
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

export const icseLine = ({ categories, flags, key, md5, others, photoDna, properties, sha1 }: ListEntry): string => {
  const other = (method: string): string => others.find((one) => one.method.toLowerCase() === method)?.value ?? '';
  const baseline = categories.find(({ scheme }) => scheme === BASELINE)?.code;
  const media = textOf(properties['media']);
  return `${[
    md5 ?? '',
    sha1 ?? '',
    other('zz40'),
    (photoDna ?? '').toUpperCase(),
    other('lace'),
    key ?? '',
    worded(flags['distributed'], 'Y', 'N'),
    worded(flags['victimIdentified'], 'Y', 'N'),
    worded(flags['offenderIdentified'], 'Y', 'N'),
    textOf(properties['series']),
    textOf(properties['investigation']),
    textOf(properties['agency']),
    textOf(properties['submissions']),
    worded(flags['fileAvailable'], 'True', 'False'),
    media === '' ? '' : media[0]!.toUpperCase() + media.slice(1),
    baseline === undefined ? '' : baseline === 'baseline' ? 'Yes' : 'No',
    '',
  ]
    .map((cell) => csvCell(cell, ';'))
    .join(';')}\n`;
};
