// Who owns what in the drawn operation: agencies, cases, exhibits, cameras, and the rings of traders that link exhibits.
import type { Random } from '../random/random.js';

/** tiny: 40 files for tests; small: 300 for the demonstration; medium: 3,000 for measuring. */
export type Scale = 'tiny' | 'small' | 'medium';
export type ExhibitKind = 'folder' | 'zip' | 'tar.gz';
export type DeviceKind = 'phone' | 'laptop' | 'stick' | 'chat';

export interface Agency {
  readonly slug: string;
  readonly name: string;
  readonly country: string;
}

export interface Case {
  readonly reference: string;
  readonly agency: string;
  readonly title: string;
}

export interface Exhibit {
  readonly reference: string;
  readonly case: string;
  readonly agency: string;
  readonly title: string;
  readonly kind: ExhibitKind;
  readonly device: DeviceKind;
  /** Groups of traders that the owner swaps pictures with. */
  readonly rings: readonly number[];
  readonly camera: CameraModel;
}

export interface CameraModel {
  readonly id: string;
  readonly make: string;
  readonly model: string;
  readonly serial: string;
  readonly writesOffset: boolean;
  readonly tagsOrientation: boolean;
  readonly savesPosition: boolean;
}

export interface Cast {
  readonly agencies: readonly Agency[];
  readonly cases: readonly Case[];
  readonly exhibits: readonly Exhibit[];
  readonly rings: number;
}

const AGENCIES: readonly Agency[] = [
  { slug: 'unidad-costa-clara', name: 'Unidad Costa Clara', country: 'ES' },
  { slug: 'bureau-zandmeer', name: 'Bureau Zandmeer', country: 'NL' },
];

const SIZES: Readonly<
  Record<Scale, { readonly cases: readonly [number, number]; readonly exhibits: number; readonly rings: number }>
> = {
  tiny: { cases: [1, 1], exhibits: 4, rings: 2 },
  small: { cases: [3, 2], exhibits: 10, rings: 3 },
  medium: { cases: [6, 5], exhibits: 26, rings: 7 },
};

const TITLES = [
  'Postcard fair',
  'Stamp club of the coast',
  'The locked album',
  'Trader at the harbour',
  'Forged overprints',
  'The travelling sheet',
  'Lots without a seller',
  'Catalogue thefts',
  'The blue misprint',
  'Swap by mail',
  'Market hall stall',
];
const DEVICE_TITLES: Readonly<Record<DeviceKind, readonly string[]>> = {
  phone: ['mobile phone, grey', 'mobile phone, cracked glass', 'old phone from a drawer'],
  laptop: ['laptop from the desk', 'desktop computer', 'notebook in a bag'],
  stick: ['USB stick on a key ring', 'memory card', 'external disk, labelled "cards"'],
  chat: ['chat export handed over', 'backup of a chat group'],
};
const MAKERS: readonly (readonly [string, readonly string[]])[] = [
  ['Lumigraph', ['LG-2 Pocket', 'LG-7 Traveller']],
  ['Norvik', ['N40', 'N52 Dual', 'N60']],
  ['Ostrea', ['Pearl 3', 'Pearl 5 Plus']],
  ['Kestrelle', ['K1 Mark II', 'K100D']],
];

export const createCamera = (random: Random, id: string): CameraModel => {
  const [make, models] = random.pick(MAKERS);
  return {
    id,
    make,
    model: random.pick(models),
    serial: String(random.int(10_000_000, 99_999_999)),
    writesOffset: random.chance(0.5),
    tagsOrientation: random.chance(0.6),
    savesPosition: random.chance(0.3),
  };
};

export const createCast = (random: Random, scale: Scale): Cast => {
  const size = SIZES[scale];
  const cases: Case[] = [];
  const titles = random.shuffle(TITLES);
  AGENCIES.forEach((agency, which) => {
    const numbers = new Set<number>();
    while (numbers.size < (size.cases[which] ?? 2)) numbers.add(random.int(3, 180));
    for (const number of [...numbers].sort((a, b) => a - b))
      cases.push({
        reference: `${agency.country}-2026-${String(number).padStart(3, '0')}`,
        agency: agency.slug,
        title: titles[cases.length % titles.length] ?? 'Untitled',
      });
  });
  const exhibits: Exhibit[] = [];
  const perCase = new Map<string, number>();
  const devices = random.shuffle(
    Array.from(
      { length: size.exhibits },
      (_, i) => (['phone', 'laptop', 'stick', 'phone', 'chat'] as const)[i % 5] ?? 'phone',
    ),
  );
  const kinds = random.shuffle(
    Array.from({ length: size.exhibits }, (_, i): ExhibitKind =>
      i % 10 === 7 || (size.exhibits < 8 && i === 2) ? 'tar.gz' : i % 2 ? 'zip' : 'folder',
    ),
  );
  // Every case gets one exhibit before any gets a second.
  for (let i = 0; i < size.exhibits; i++) {
    const owner = i < cases.length ? cases[i] : random.pick(cases);
    if (!owner) continue;
    const number = (perCase.get(owner.reference) ?? 0) + 1;
    perCase.set(owner.reference, number);
    const device = devices[i] ?? 'phone';
    const reference = `${owner.reference}-${String.fromCharCode(64 + number)}`;
    const home = i % size.rings;
    const second = random.int(0, size.rings - 1);
    exhibits.push({
      reference,
      case: owner.reference,
      agency: owner.agency,
      title: random.pick(DEVICE_TITLES[device]),
      kind: kinds[i] ?? 'folder',
      device,
      rings: random.chance(0.35) && second !== home ? [home, second] : [home],
      camera: createCamera(random.fork(`camera-${i}`), `camera-${reference}`),
    });
  }
  return { agencies: AGENCIES, cases, exhibits, rings: size.rings };
};
