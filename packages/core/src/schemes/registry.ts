// The schemes that there are: those that are shipped, and those that an operator has loaded. Nothing here converts by itself.
import {
  CANNOT_SAY,
  type ListedScheme,
  type Mapped,
  type Scheme,
  type SchemeCode,
  type SchemeFile,
  type SchemeMap,
} from '../contract/schemes.js';
import { fail } from '../errors/index.js';
import { codeName, isSchemeName, nameOf, readCodeName, type CodeParts } from './names.js';
import { SHIPPED_MAPS } from './shipped/maps.js';
import { INTERPOL_BASELINE, NCMEC } from './shipped/others.js';
import { VIC_CANADA, VIC_DEFAULT, VIC_UK, VIC_US, VIC_US_1 } from './shipped/vic.js';

export const SHIPPED_SCHEMES: readonly Scheme[] = [
  VIC_US,
  VIC_UK,
  VIC_CANADA,
  VIC_DEFAULT,
  NCMEC,
  INTERPOL_BASELINE,
  VIC_US_1,
];

export interface Schemes {
  /** Shipped first, retired last among each. */
  readonly all: readonly ListedScheme[];
  readonly maps: readonly SchemeMap[];
}

/** Those of this program, and of files that were loaded, oldest first; a file may retire what came before it. */
export const schemesOf = (loaded: readonly SchemeFile[] = []): Schemes => {
  const retired = new Map(
    loaded.flatMap(({ retire }) => retire).map(({ scheme, why, by }) => [scheme, { why, by }] as const),
  );
  const listed =
    (origin: ListedScheme['origin']) =>
    (scheme: Scheme): ListedScheme => {
      const name = nameOf(scheme);
      return { ...scheme, name, origin, retired: scheme.retired ?? retired.get(name) ?? null };
    };
  return {
    all: [...SHIPPED_SCHEMES.map(listed('shipped')), ...loaded.flatMap(({ schemes }) => schemes.map(listed('loaded')))],
    maps: [...SHIPPED_MAPS, ...loaded.flatMap(({ maps }) => maps)],
  };
};

/** Errors: SCHEME_UNKNOWN; it names the versions that there are where only an id was given. */
export const schemeNamed = ({ all }: Schemes, name: string): ListedScheme => {
  const found = all.find((scheme) => scheme.name === name);
  if (found !== undefined) return found;
  const versions = all.filter(({ id }) => id === name).map((scheme) => scheme.name);
  throw fail('SCHEME_UNKNOWN', versions.length > 0 ? `${name}: say which version: ${versions.join(', ')}` : name, {
    pointer: '/scheme',
  });
};

/** Null for "cannot say", which every scheme has. Errors: CODE_BARE, SCHEME_UNKNOWN, CODE_UNKNOWN. */
export const codeNamed = (
  schemes: Schemes,
  text: string,
): { readonly scheme: ListedScheme; readonly code: SchemeCode | null; readonly parts: CodeParts } => {
  const parts = readCodeName(text);
  const scheme = schemeNamed(schemes, parts.scheme);
  if (parts.code === CANNOT_SAY) return { scheme, code: null, parts };
  const code = scheme.codes.find((one) => one.code === parts.code);
  if (code === undefined)
    throw fail('CODE_UNKNOWN', `${text}: ${scheme.name} has ${scheme.codes.map((one) => one.code).join(', ')}`, {
      pointer: '/code',
    });
  return { scheme, code, parts };
};

/** Errors: CODE_BARE, SCHEME_UNKNOWN, CODE_UNKNOWN; SCHEME_RETIRED with what took its place. */
export const codeToVote = (schemes: Schemes, text: string): ReturnType<typeof codeNamed> => {
  const found = codeNamed(schemes, text);
  const { retired, name } = found.scheme;
  if (retired !== null)
    throw fail('SCHEME_RETIRED', retired.by === null ? name : `${name}: use ${retired.by}`, { pointer: '/code' });
  return found;
};

const CANNOT_SAY_STAYS = {
  en: 'Somebody who could not say in one scheme has said nothing in another.',
  es: 'Quien no pudo decidir en un esquema no ha dicho nada en otro.',
};

/** One step through the one map between two schemes, never over a third. Errors: SCHEME_UNKNOWN, CODE_UNKNOWN, CODE_BARE, MAP_UNKNOWN. */
export const mapCode = (schemes: Schemes, from: string, scheme: string): Mapped => {
  const { parts, code } = codeNamed(schemes, from);
  const target = schemeNamed(schemes, scheme).name;
  if (target === parts.scheme) return { from, scheme: target, to: from, cannot: null };
  const map = schemes.maps.find((one) => one.from === parts.scheme && one.to === target);
  if (map === undefined) throw fail('MAP_UNKNOWN', `from ${parts.scheme} to ${target}`);
  if (code === null) return { from, scheme: target, to: null, cannot: CANNOT_SAY_STAYS };
  const entry = map.entries.find((one) => one.from === code.code);
  if (entry === undefined) throw fail('MAP_UNKNOWN', `from ${from} to ${target}`);
  return 'to' in entry
    ? { from, scheme: target, to: codeName({ scheme: target, code: entry.to }), cannot: null }
    : { from, scheme: target, to: null, cannot: entry.cannot };
};

export const isListed = ({ all }: Schemes, name: string): boolean =>
  isSchemeName(name) && all.some((scheme) => scheme.name === name);
