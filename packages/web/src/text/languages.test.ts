import { describe, expect, it } from 'vitest';
import { en } from './en.js';
import { plural as esPlural } from './es-plural.js';
import { es } from './es.js';
import { bytes, count, measure, rate, setDecimalMark, share } from './format.js';
import { spokenOf } from './language.js';

/** The same in both languages: names, codes, commands, units, and words that are spelled alike. */
const ALIKE: readonly RegExp[] = [
  /^product$/,
  /^nav\.(series|chats)$/,
  /^administration\.roleNames\.auditor$/,
  /(^|\.)(command|queueCommand|verifyCommand|ownCommand)$/,
  /^compare\.(a|b)$/,
  /^compare\.fields\.sha256$/,
  /^exchange\.(formats\.(vics|ftm|graphml|case)|fields\.(series|signals))$/,
  /^graph\.(bits)$/,
  /^listUpload\.facts\.(md5|sha1|sha256)$/,
  /^series\.(title|confidence\.probable)$/,
  /^(keys\.pages|entities\.kinds|graph\.kinds)\.series$/,
  /^(keys\.pages\.chats|chats\.(title|tabs\.chats))$/,
  /^problem\.error$/,
  /^requests\.error$/,
  // Names of their makers.
  /^chats\.exports\.(formats\.(signal|cybertip)|platform\.(ios|android))$/,
  /^chats\.leads\.kinds\.iban$/,
  /^review\.platform\.(whatsapp|telegram|facebook|instagram|signal|snapchat)$/,
];

/** A text of values alone, in both: "anna: reason". */
const VALUES_ALONE: readonly string[] = [
  'care.px',
  'care.minutes',
  'connections.decided',
  'contacts.said',
  'custody.from',
  'exchange.packages.noted',
  'graph.counts',
  'map.metres',
  'requests.by',
  'selfTest.again',
  'selfTest.methodWords',
  'series.addedBy',
  'series.opinion',
  'status.queued',
  'status.rate',
  'times.ageOf',
  'upload.chosen',
  'verdicts.vote',
  'compare.zoom',
];

type Leaf = string | ((...values: never[]) => unknown);

/** Numbers, such as the status of an error, are no words. */
const leaves = (node: object, at = ''): [string, Leaf][] =>
  Object.entries(node).flatMap(([key, value]: [string, object | Leaf | number]) => {
    const path = at === '' ? key : `${at}.${key}`;
    if (typeof value === 'number') return [];
    return typeof value === 'object' ? leaves(value, path) : [[path, value] as [string, Leaf]];
  });

const ofEnglish = new Map(leaves(en));
const ofSpanish = new Map(leaves(es));

/** Values by the name of what takes them, where any word or number does not do. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  'review.within': ['40.4,-3.7,500'],
  'entities.ageBand': [{ minYears: 8, maxYears: 10, at: '2020-06-15' }],
  'negativeList.precision': [{ confirmed: 3, disputed: 1, looked: 5, rejected: 1 }],
  'negativeList.precisionShort': [{ confirmed: 3, disputed: 1, looked: 5, rejected: 1 }],
  'verdicts.stretch': [{ votes: 5, notLooked: 2, kept: 1, closed: 1, claimed: 1 }],
  'requests.means': ['confirm', { kind: 'case-destroy', undoes: null }],
  'requests.ask': ['exhibit-move'],
  'requests.askMeans': ['exhibit-move'],
  'requests.what': ['undo', 'exhibit-move', 'R-7'],
  'exchange.note': ['CLOSED', 3, 'a/b.jpg'],
  'connections.showAlike': [3, 'cases'],
  'compare.sameDevice': ['X100', false],
  'media.short': ['0123456789'],
};
const SAMPLES: readonly (readonly unknown[])[] = [
  [3, 7, 11, 13, 17],
  [1, 1, 1, 1, 1],
  ['3', '7', '11', '13', '17'],
];

const DETAIL = {
  agency: 'PN',
  officer: 'anna',
  operation: 'OP-1',
  answer: 'done',
  reference: 'ES-1',
  reason: 'r',
  by: 'otto',
  case: 'ES-2',
  number: 'R-7',
  grade: 'same scene',
  list: 'L',
  version: '2',
  exhibit: 'ES-1/7',
  exhibits: '2',
  media: '4',
  code: 'LIST_DAMAGED',
  about: 'x',
  files: '9',
  subject: 'series',
  name: 'PN',
  until: 'PN',
  urgent: 'true',
  search: 'S',
  added: '5',
  on: 'case',
  due: '2026-12-24',
  state: 'done',
  says: 'known',
  what: 'key-made',
};

/** What a function says of several values; a text says itself. */
const saidBy = (path: string, leaf: Leaf): string[] => {
  if (typeof leaf === 'string') return [leaf];
  const say = leaf as (...values: readonly unknown[]) => unknown;
  const given = path.startsWith('notices.words.') ? [DETAIL] : VALUES[path];
  return (given === undefined ? SAMPLES : [given]).map((values) => [say(...values)].flat().join(' '));
};

describe('every language', () => {
  it('has the same texts, each of the same kind', () => {
    expect([...ofSpanish.keys()].sort()).toEqual([...ofEnglish.keys()].sort());
    for (const [path, leaf] of ofEnglish) expect(typeof ofSpanish.get(path), path).toBe(typeof leaf);
  });

  it('says something for every value, and nothing that is undefined', () => {
    for (const [path, leaf] of [...ofEnglish, ...ofSpanish])
      for (const text of saidBy(path, leaf)) {
        expect(text, path).not.toBe('');
        expect(text, path).not.toMatch(/undefined|\[object|NaN/);
        expect(text, path).not.toMatch(/^\s|\s$| {2}/);
      }
  });

  it('leaves nothing in English', () => {
    const same = [...ofEnglish].filter(([path, leaf]) => {
      const other = ofSpanish.get(path);
      return other !== undefined && saidBy(path, leaf).join('\n') === saidBy(path, other).join('\n');
    });
    const isMeant = (path: string): boolean =>
      VALUES_ALONE.includes(path) || ALIKE.some((pattern) => pattern.test(path));
    expect(same.map(([path]) => path).filter((path) => !isMeant(path))).toEqual([]);
  });

  it('says every value that the English text says', () => {
    const figures = /\b(?:3|7|11|13|17)\b/g;
    for (const [path, leaf] of ofEnglish) {
      const other = ofSpanish.get(path);
      if (typeof leaf === 'string' || other === undefined || path in VALUES || path.startsWith('notices.')) continue;
      const told = (said: Leaf): string[] => [...new Set(saidBy(path, said)[0]?.match(figures))].sort();
      expect(told(other), path).toEqual(told(leaf));
    }
  });
});

it('takes the first language of the browser that it has words in', () => {
  expect(spokenOf(['es-MX', 'en'])).toBe('es');
  expect(spokenOf(['fr', 'ES', 'en'])).toBe('es');
  expect(spokenOf(['fr-FR'])).toBe('en');
  expect(spokenOf([])).toBe('en');
});

it('counts in Spanish: one, many, and whole millions of', () => {
  expect(esPlural(1, 'archivo', 'archivos')).toBe('1 archivo');
  expect(esPlural(0, 'archivo', 'archivos')).toBe('0 archivos');
  expect(esPlural(2_000_000, 'archivo', 'archivos')).toBe('2\u202f000\u202f000 de archivos');
});

it('writes numbers with the mark of the language, and thousands with a thin space in both', () => {
  setDecimalMark(',');
  try {
    expect(count(1234.5)).toBe('1\u202f234,5');
    expect(bytes(1_234_567)).toBe('1,23\u00a0MB');
    expect(rate(0.44)).toBe('0,4');
    expect(measure(17.94)).toBe('17,9');
    expect(share(1, 3)).toBe('33,3\u00a0%');
  } finally {
    setDecimalMark('.');
  }
});
