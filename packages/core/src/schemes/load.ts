// Reads a file of schemes that an operator brings: the full text of a scheme whose licence does not let us ship it. Everything that
// is wrong with it is named by its place.
import { SchemeFile, type SchemeMap } from '../contract/schemes.js';
import { fail, type RedthreadError } from '../errors/index.js';
import { isSchemeName, nameOf } from './names.js';
import { isListed, schemesOf, type Schemes } from './registry.js';

const invalid = (place: readonly PropertyKey[], what: string): RedthreadError =>
  fail('SCHEME_INVALID', what, { pointer: place.map((part) => `/${String(part)}`).join('') });

/** Checked against itself and against `here`, and not yet loaded. Errors: SCHEME_INVALID with the place, ALREADY_EXISTS. */
export const readSchemeFile = (text: string, here: Schemes = schemesOf()): SchemeFile => {
  const parsed = SchemeFile.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(issue?.path ?? [], `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a file of schemes'}`);
  }
  const file = parsed.data;
  if (file.schemes.length + file.maps.length + file.retire.length === 0)
    throw invalid([], 'neither a scheme nor a map stands in it');
  checkSchemes(file, here);
  const own = schemesOf([{ ...file, maps: [] }]);
  checkMaps(file, own, here);
  for (const [at, { scheme, by }] of file.retire.entries())
    for (const name of by === null ? [scheme] : [scheme, by])
      if (!isListed(own, name) && !isListed(here, name))
        throw invalid(['retire', at], `no scheme ${name} here or in the file`);
  return file;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw fail('SCHEME_INVALID', `not JSON: ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
};

const checkSchemes = ({ schemes }: SchemeFile, here: Schemes): void => {
  const names = new Set<string>();
  for (const [at, scheme] of schemes.entries()) {
    const name = nameOf(scheme);
    if (isListed(here, name)) throw fail('ALREADY_EXISTS', `scheme ${name}`, { pointer: `/schemes/${at}` });
    if (names.has(name)) throw invalid(['schemes', at], `${name} stands twice in the file`);
    names.add(name);
    const codes = scheme.codes.map(({ code }) => code);
    const twice = codes.find((code, i) => codes.indexOf(code) < i);
    if (twice !== undefined) throw invalid(['schemes', at, 'codes'], `${name} has the code ${twice} twice`);
  }
};

const checkMaps = ({ maps }: SchemeFile, own: Schemes, here: Schemes): void => {
  const seen = new Set<string>();
  for (const [at, map] of maps.entries()) {
    const place = ['maps', at] as const;
    const both = `${map.from} to ${map.to}`;
    if (map.from === map.to) throw invalid(place, `${both}: a scheme is not mapped to itself`);
    if (seen.has(both)) throw invalid(place, `${both} stands twice in the file`);
    seen.add(both);
    if (here.maps.some(({ from, to }) => from === map.from && to === map.to))
      throw fail('ALREADY_EXISTS', `map from ${both}`, { pointer: `/maps/${at}` });
    checkEntries(map, place, [own, here]);
  }
};

const checkEntries = (map: SchemeMap, place: readonly PropertyKey[], where: readonly Schemes[]): void => {
  const codesOf = (name: string): ReadonlySet<string> => {
    const scheme = where.flatMap(({ all }) => all).find((one) => one.name === name);
    if (scheme === undefined || !isSchemeName(name)) throw invalid(place, `no scheme ${name} here or in the file`);
    return new Set(scheme.codes.map(({ code }) => code));
  };
  const [from, to] = [codesOf(map.from), codesOf(map.to)];
  const left = new Set(from);
  for (const [at, entry] of map.entries.entries()) {
    const here = [...place, 'entries', at];
    if (!from.has(entry.from)) throw invalid(here, `${map.from} has no code ${entry.from}`);
    if (!left.delete(entry.from)) throw invalid(here, `${entry.from} is mapped twice`);
    if ('to' in entry && !to.has(entry.to)) throw invalid(here, `${map.to} has no code ${entry.to}`);
  }
  if (left.size > 0)
    throw invalid(
      place,
      `${map.from} to ${map.to} says nothing of ${[...left].join(', ')}: say what it becomes, or "cannot"`,
    );
};
