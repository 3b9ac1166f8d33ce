// What the pages say of reports for a court, in English. The words of the reports themselves are the server's.
import { plural } from './plural.js';

export const reports = {
  title: 'Report for a court',
  about:
    'PDF/A, HTML and tables from one model, with a signed manifest that can be checked without this program. That it was made, for what and for whom, stands in the record.',
  open: 'Make a report',
  purpose: 'What it is for',
  recipient: 'For whom (may stay empty)',
  veiled: 'with veiled pictures: grey and blurred',
  make: 'Download it as a ZIP',
  making: 'Being made and signed…',
  made: (name: string): string => `${name} was made, and is on record.`,
  preview: 'What it will say',
  previewMeans: 'The beginning of each part. The report itself has all rows.',
  rows: (n: number): string => plural(n, 'row', 'rows'),
  picture: 'A veiled picture stands here.',
  drawing: (n: number): string => `A drawing stands here: ${plural(n, 'line', 'lines')} between the two pictures.`,
};
