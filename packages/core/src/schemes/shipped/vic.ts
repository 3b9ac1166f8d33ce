// Scales of the VICS regions. The specification is not public: what stands here is what several independent open readers and
// writers agree on, in our own words. The regions use the same numbers for different things.
import type { Scheme } from '../../contract/schemes.js';
import { code } from './words.js';

const RECONSTRUCTED =
  'Reconstructed from independent open readers and writers of VICS files, paraphrased; the issuer gives the full text to law enforcement under an agreement.';

const NOT_RELEVANT = code(
  '0',
  'known-good',
  ['not relevant', 'no relevante'],
  ['Nothing in it bears on the case.', 'Nada en él guarda relación con el caso.'],
);
const COMPARISON = code(
  '4',
  'other',
  ['comparison', 'comparación'],
  [
    'Lawful in itself; kept because a place, a thing or a person in it can be compared.',
    'Lícito en sí; se guarda porque un lugar, un objeto o una persona en él puede compararse.',
  ],
);
const UNCATEGORISED = code(
  '5',
  'other',
  ['not categorised', 'sin categorizar'],
  ['Nobody has judged it yet.', 'Nadie lo ha valorado todavía.'],
);
const MADE = code(
  '3',
  'other',
  ['drawn or made by computer', 'dibujado o creado por ordenador'],
  [
    'Would fall under 1 or 2 if it showed a real child; what the law says of it differs from country to country.',
    'Entraría en 1 o 2 si mostrara a un niño real; lo que dice la ley varía de un país a otro.',
  ],
);
const ABUSE = code(
  '1',
  'known-bad',
  ['child abuse material', 'material de abuso infantil'],
  [
    'Sexual abuse of a child, as the law of the region defines it.',
    'Abuso sexual de un niño según la ley de la región.',
  ],
);
const EXPLOITIVE = code(
  '2',
  'other',
  ['exploitive, or age in doubt', 'explotador, o edad dudosa'],
  [
    'Exploits a child without meeting the definition under 1, or the age cannot be told.',
    'Explota a un niño sin cumplir la definición de 1, o no puede determinarse la edad.',
  ],
);

const SUPERSEDED = {
  why: {
    en: 'Open tools read 0 and 5 of older files the other way round; a vote needs a version in which they mean one thing.',
    es: 'Las herramientas abiertas leen 0 y 5 de archivos antiguos al revés; un voto necesita una versión en la que signifiquen una sola cosa.',
  },
  by: 'vic-us@2.0',
};

export const VIC_US_1: Scheme = {
  id: 'vic-us',
  version: '1.3',
  title: { en: 'VICS, United States, before 2.0', es: 'VICS, Estados Unidos, antes de 2.0' },
  issuer: 'Project VIC',
  source: `${RECONSTRUCTED} Readers disagree on 0 and 5; this is the older reading.`,
  retired: SUPERSEDED,
  codes: [{ ...UNCATEGORISED, code: '0' }, ABUSE, EXPLOITIVE, MADE, COMPARISON, { ...NOT_RELEVANT, code: '5' }],
};

export const VIC_US: Scheme = {
  id: 'vic-us',
  version: '2.0',
  title: { en: 'VICS, United States', es: 'VICS, Estados Unidos' },
  issuer: 'Project VIC',
  source: RECONSTRUCTED,
  retired: null,
  codes: [NOT_RELEVANT, ABUSE, EXPLOITIVE, MADE, COMPARISON, UNCATEGORISED],
};

export const VIC_DEFAULT: Scheme = {
  id: 'vic-default',
  version: '2.0',
  title: { en: 'VICS, no region (Default)', es: 'VICS, sin región (Default)' },
  issuer: 'Project VIC',
  source: `${RECONSTRUCTED} Open readers treat 1 and 2 of this region as alerts and 0 as known.`,
  retired: null,
  codes: [NOT_RELEVANT, ABUSE, { ...EXPLOITIVE, polarity: 'known-bad' }, MADE, COMPARISON, UNCATEGORISED],
};

export const VIC_CANADA: Scheme = {
  id: 'vic-canada',
  version: '2.0',
  title: { en: 'VICS, Canada', es: 'VICS, Canadá' },
  issuer: 'Project VIC Canada',
  source: `${RECONSTRUCTED} Only that this region has a scale of its own is public: hold it against your copy, and load that.`,
  retired: null,
  codes: [
    NOT_RELEVANT,
    code(
      '1',
      'known-bad',
      ['unlawful under the Criminal Code', 'ilícito según el Código Penal'],
      [
        'Child sexual abuse material as Canadian law defines it.',
        'Material de abuso sexual infantil según la ley canadiense.',
      ],
    ),
    code(
      '2',
      'other',
      ['of interest to the investigation', 'de interés para la investigación'],
      ['Not unlawful, or in doubt, and of use to the case.', 'No ilícito, o dudoso, y útil para el caso.'],
    ),
    UNCATEGORISED,
  ],
};

export const VIC_UK: Scheme = {
  id: 'vic-uk',
  version: '2.0',
  title: { en: 'VICS, United Kingdom (CAID A, B, C)', es: 'VICS, Reino Unido (CAID A, B, C)' },
  issuer: 'Home Office, CAID',
  source:
    'Letters as public guidance and inspection reports give them, paraphrased; the numbers that this region writes in files are not public.',
  retired: null,
  codes: [
    code(
      'A',
      'known-bad',
      ['category A', 'categoría A'],
      [
        'The gravest: penetrative activity, an animal, or sadism.',
        'La más grave: actividad con penetración, un animal o sadismo.',
      ],
    ),
    code(
      'B',
      'known-bad',
      ['category B', 'categoría B'],
      ['Sexual activity without penetration.', 'Actividad sexual sin penetración.'],
    ),
    code(
      'C',
      'known-bad',
      ['category C', 'categoría C'],
      ['Other indecent pictures of a child.', 'Otras imágenes indecentes de un niño.'],
    ),
    code(
      'not-illegal',
      'known-good',
      ['not illegal', 'no ilícito'],
      ['Judged, and in none of the categories.', 'Valorado, y en ninguna de las categorías.'],
    ),
    code(
      'unclassified',
      'other',
      ['unclassified', 'sin clasificar'],
      ['Nobody has judged it yet.', 'Nadie lo ha valorado todavía.'],
    ),
  ],
};
