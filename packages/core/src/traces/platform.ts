// Which platform a picture has been through, by what platforms leave: each rule says what it looks at and how surely. Where each was
// established stands in docs/traces.md.
import type { NameTrace } from './file-name.js';
import type { Mark } from './file-traces.js';
import type { JpegStructure } from './jpeg-structure.js';

export const PLATFORMS = [
  'whatsapp',
  'telegram',
  'facebook',
  'instagram',
  'signal',
  'snapchat',
  'screenshot',
  'camera',
] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface PlatformTrace {
  readonly platform: Platform;
  readonly rule: string;
  /** `mark`: the platform's own mark is in the file. `name`: it is called so. `form`: its form is that which the platform gives. */
  readonly by: 'mark' | 'name' | 'form';
  readonly says: string;
}

/** What rules look at; each part may be known alone. */
export interface PlatformFacts {
  readonly width: number | null;
  readonly height: number | null;
  readonly structure: JpegStructure | null;
  readonly name: NameTrace | null;
  readonly marks: readonly Mark[];
}

interface Rule {
  readonly platform: Platform;
  readonly id: string;
  readonly by: PlatformTrace['by'];
  readonly says: string;
  readonly holds: (facts: PlatformFacts) => boolean;
}

const longSide = ({ width, height }: PlatformFacts): number => Math.max(width ?? 0, height ?? 0);

/** JFIF and nothing else of what programs leave: platforms strip what they do not write. */
const isStripped = ({ structure }: PlatformFacts): boolean =>
  structure !== null &&
  structure.layout.every((one) => !one.startsWith('APP') || one === 'APP0 JFIF' || one === 'APP2 ICC');

const named = (platform: Platform, ...patterns: readonly string[]): Rule => ({
  platform,
  id: `${platform}-name`,
  by: 'name',
  says: 'it is called as this platform calls files',
  holds: ({ name }) => name !== null && patterns.includes(name.pattern),
});

const is420 = ({ structure }: PlatformFacts): boolean => structure?.subsampling === '4:2:0';

/** Strongest first; the first that holds of each platform is told. */
const RULES: readonly Rule[] = [
  {
    platform: 'facebook',
    id: 'facebook-fbmd',
    by: 'mark',
    says: 'its IPTC instructions begin with FBMD, which Facebook and Instagram write',
    holds: ({ marks }) => marks.includes('facebook-fbmd'),
  },
  {
    platform: 'screenshot',
    id: 'screenshot-comment',
    by: 'mark',
    says: 'its EXIF comment says Screenshot, as Apple writes it',
    holds: ({ marks }) => marks.includes('screenshot-comment'),
  },
  named('whatsapp', 'whatsapp-android', 'whatsapp-saved', 'whatsapp-export'),
  named('telegram', 'telegram-desktop'),
  named('signal', 'signal'),
  named('facebook', 'facebook-saved', 'facebook-page'),
  named('snapchat', 'snapchat'),
  named('screenshot', 'screenshot'),
  {
    platform: 'camera',
    id: 'camera-original',
    by: 'form',
    says: 'EXIF comes first and no JFIF follows, as the standard asks of cameras; no editor left its name',
    holds: ({ structure, marks }) =>
      structure !== null &&
      structure.layout[0] === 'APP1 Exif' &&
      !structure.layout.some((one) => /JFIF|Photoshop|Adobe/.test(one)) &&
      !marks.includes('editor'),
  },
  {
    platform: 'telegram',
    id: 'telegram-form',
    by: 'form',
    says: 'no EXIF, longer side 1280 or 2560, quality 87 of the common library, 4:2:0',
    holds: (facts) =>
      isStripped(facts) &&
      is420(facts) &&
      [1280, 2560].includes(longSide(facts)) &&
      facts.structure?.libraryQuality === 87,
  },
  {
    platform: 'whatsapp',
    id: 'whatsapp-form',
    by: 'form',
    says: 'no EXIF, longer side 1600 (older: 1280) or less, table of the common library between quality 50 and 85, 4:2:0',
    holds: (facts) => {
      const quality = facts.structure?.libraryQuality ?? null;
      return (
        isStripped(facts) &&
        is420(facts) &&
        [1600, 1280].includes(longSide(facts)) &&
        quality !== null &&
        quality >= 50 &&
        quality <= 85
      );
    },
  },
  {
    platform: 'facebook',
    id: 'facebook-form',
    by: 'form',
    says: 'no EXIF, progressive, longer side 2048 or 960, 4:2:0',
    holds: (facts) =>
      isStripped(facts) &&
      is420(facts) &&
      facts.structure?.process === 'progressive' &&
      [2048, 960, 720].includes(longSide(facts)),
  },
  {
    platform: 'instagram',
    id: 'instagram-form',
    by: 'form',
    says: 'no EXIF, width 1080 or 1440, progressive or baseline, 4:2:0',
    holds: (facts) => isStripped(facts) && is420(facts) && [1080, 1440].includes(facts.width ?? 0),
  },
];

const STRENGTH = { mark: 0, name: 1, form: 2 } as const;

/** Each platform once, by the strongest that speaks for it: marks first, then names, then forms. */
export const byStrength = (traces: readonly PlatformTrace[]): readonly PlatformTrace[] => {
  const found = new Map<Platform, PlatformTrace>();
  for (const one of traces.toSorted((a, b) => STRENGTH[a.by] - STRENGTH[b.by]))
    if (!found.has(one.platform)) found.set(one.platform, one);
  return [...found.values()];
};

/** Every platform that a rule speaks for; a form alone is a lead. */
export const platformTraces = (facts: PlatformFacts): readonly PlatformTrace[] =>
  byStrength(
    RULES.filter(({ holds }) => holds(facts)).map(({ platform, id, by, says }) => ({ platform, rule: id, by, says })),
  );
