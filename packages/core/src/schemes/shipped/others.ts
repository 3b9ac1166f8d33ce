// Scales beside those of VICS: what industry reports by, and the baseline of INTERPOL.
import type { Scheme } from '../../contract/schemes.js';
import { code } from './words.js';

export const NCMEC: Scheme = {
  id: 'ncmec',
  version: '1',
  title: { en: 'NCMEC, industry classification', es: 'NCMEC, clasificación de la industria' },
  issuer: 'NCMEC, Tech Coalition',
  source: 'Public documentation of the hash sharing interface and of CyberTipline reports, paraphrased.',
  retired: null,
  codes: [
    code(
      'A1',
      'known-bad',
      ['before puberty, sex act', 'antes de la pubertad, acto sexual'],
      ['A child before puberty, and a sex act.', 'Un niño antes de la pubertad, y un acto sexual.'],
    ),
    code(
      'A2',
      'known-bad',
      ['before puberty, lascivious', 'antes de la pubertad, lascivo'],
      [
        'A child before puberty, shown lasciviously, without a sex act.',
        'Un niño antes de la pubertad, mostrado de forma lasciva, sin acto sexual.',
      ],
    ),
    code(
      'B1',
      'known-bad',
      ['in puberty, sex act', 'en la pubertad, acto sexual'],
      ['A minor in or after puberty, and a sex act.', 'Un menor en la pubertad o después, y un acto sexual.'],
    ),
    code(
      'B2',
      'known-bad',
      ['in puberty, lascivious', 'en la pubertad, lascivo'],
      [
        'A minor in or after puberty, shown lasciviously, without a sex act.',
        'Un menor en la pubertad o después, mostrado de forma lasciva, sin acto sexual.',
      ],
    ),
  ],
};

export const INTERPOL_BASELINE: Scheme = {
  id: 'interpol-baseline',
  version: '1',
  title: { en: 'INTERPOL baseline', es: 'Baseline de INTERPOL' },
  issuer: 'INTERPOL',
  source: 'Public description of the baseline list, paraphrased; the exact criteria are given to its users.',
  retired: null,
  codes: [
    code(
      'baseline',
      'known-bad',
      ['baseline', 'baseline'],
      [
        'A real child who is or seems 13 or younger, in severe abuse: unlawful nearly everywhere.',
        'Un niño real que tiene o aparenta 13 años o menos, en abuso grave: ilícito casi en todas partes.',
      ],
    ),
    code(
      'not-baseline',
      'other',
      ['not baseline', 'no baseline'],
      [
        'Misses one of the criteria; it can be unlawful all the same.',
        'No cumple alguno de los criterios; aun así puede ser ilícito.',
      ],
    ),
  ],
};
