// The shipped schemes are whole and agree with each other, and what is wrong with a file is named by its place.
import { describe, expect, it } from 'vitest';
import { CANNOT_SAY, Scheme, SchemeMap, type SchemeFile } from '../contract/schemes.js';
import { isRedthreadError } from '../errors/index.js';
import { codeKeys, codeNamed, codeToVote, mapCode, nameOf, readCodeName, readSchemeFile, schemesOf } from './index.js';

const here = schemesOf();
const names = here.all.map(({ name }) => name);

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isRedthreadError(error)) return error.code;
    throw error;
  }
  return 'none';
};

describe.each(here.all.map((scheme) => [scheme.name, scheme] as const))(
  '%s',
  (name, { origin, name: _name, ...scheme }) => {
    it('has the form that a loaded one has, and each code once', () => {
      expect(Scheme.parse(scheme)).toEqual(scheme);
      expect(nameOf(scheme)).toBe(name);
      expect(origin).toBe('shipped');
      const codes = scheme.codes.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
    });

    it('is translated: no Spanish text repeats the English one, but for names', () => {
      const same = scheme.codes.filter(({ text }) => text.en === text.es);
      expect(same).toEqual([]);
    });

    it('names what takes the place of a retired version', () => {
      if (scheme.retired?.by !== undefined && scheme.retired.by !== null) expect(names).toContain(scheme.retired.by);
    });

    it('has a key for each code, and one for "cannot say"', () => {
      const keys = codeKeys(scheme);
      expect(keys.map(({ code }) => code)).toEqual([...scheme.codes.map(({ code }) => code), CANNOT_SAY]);
      expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
    });
  },
);

describe.each(here.maps.map((map) => [`${map.from} to ${map.to}`, map] as const))('the map from %s', (_, map) => {
  it('says of every code of its source what becomes of it, and names only codes that there are', () => {
    expect(SchemeMap.parse(map)).toEqual(map);
    const [from, to] = [map.from, map.to].map((name) => here.all.find((scheme) => scheme.name === name));
    expect(map.entries.map((entry) => entry.from).sort()).toEqual(from?.codes.map(({ code }) => code).sort());
    const targets = map.entries.flatMap((entry) => ('to' in entry ? [entry.to] : []));
    expect(targets.filter((code) => to?.codes.every((one) => one.code !== code))).toEqual([]);
  });
});

describe('a code', () => {
  it.each(['1', 'A1', 'vic-us:1', '@2.0:1', 'vic-us@2.0', 'vic-us@2.0:', '', 'vic-us@2.0:1:2'])(
    '%j is refused',
    (text) => {
      expect(codeOf(() => readCodeName(text))).toBe('CODE_BARE');
    },
  );

  it('is found with its scheme, and told from one that is not there', () => {
    expect(codeNamed(here, 'vic-uk@2.0:A').code?.polarity).toBe('known-bad');
    expect(codeNamed(here, `vic-uk@2.0:${CANNOT_SAY}`).code).toBeNull();
    expect(codeOf(() => codeNamed(here, 'vic-uk@2.0:1'))).toBe('CODE_UNKNOWN');
    expect(codeOf(() => codeNamed(here, 'vic-uk@9:A'))).toBe('SCHEME_UNKNOWN');
  });

  it('of a retired version takes no vote', () => {
    expect(codeOf(() => codeToVote(here, 'vic-us@1.3:0'))).toBe('SCHEME_RETIRED');
    expect(codeToVote(here, 'vic-us@2.0:0').parts).toEqual({ scheme: 'vic-us@2.0', code: '0' });
  });
});

describe('a map', () => {
  it('swaps what changed places between two versions', () => {
    expect(mapCode(here, 'vic-us@1.3:0', 'vic-us@2.0').to).toBe('vic-us@2.0:5');
    expect(mapCode(here, 'vic-us@1.3:5', 'vic-us@2.0').to).toBe('vic-us@2.0:0');
  });

  it('answers why a code cannot be mapped', () => {
    expect(mapCode(here, 'vic-us@2.0:1', 'vic-uk@2.0')).toMatchObject({ to: null, cannot: { en: expect.any(String) } });
    expect(mapCode(here, `vic-us@2.0:${CANNOT_SAY}`, 'vic-uk@2.0').to).toBeNull();
  });

  it('is never made of two others', () => {
    expect(codeOf(() => mapCode(here, 'vic-us@1.3:0', 'vic-uk@2.0'))).toBe('MAP_UNKNOWN');
  });
});

const text = (en: string) => ({ en, es: `${en} (es)` });
const file = (change: (file: Omit<SchemeFile, 'retire'>) => unknown = (one) => one): string =>
  JSON.stringify(
    change({
      format: 'redthread-schemes/1',
      schemes: [
        {
          id: 'stamps',
          version: '1',
          title: text('Stamps'),
          issuer: 'The postal museum',
          source: 'Drawn up for this test.',
          retired: null,
          codes: [
            { code: 'used', polarity: 'other', title: text('used'), text: text('a used stamp') },
            { code: 'mint', polarity: 'known-good', title: text('mint'), text: text('a mint stamp') },
          ],
        },
      ],
      maps: [
        {
          from: 'stamps@1',
          to: 'vic-default@2.0',
          source: 'Drawn up for this test.',
          entries: [
            { from: 'mint', to: '0' },
            { from: 'used', cannot: text('a stamp is no category') },
          ],
        },
      ],
    }),
  );

describe('a file', () => {
  it('adds its schemes and maps to those that are shipped', () => {
    const schemes = schemesOf([readSchemeFile(file())]);
    expect(mapCode(schemes, 'stamps@1:mint', 'vic-default@2.0').to).toBe('vic-default@2.0:0');
    expect(mapCode(schemes, 'stamps@1:used', 'vic-default@2.0').cannot?.en).toBe('a stamp is no category');
  });

  it.each<readonly [why: string, text: string, pointer: string]>([
    ['no JSON', '{', ''],
    ['an unknown field', file((one) => ({ ...one, note: 'x' })), ''],
    ['nothing in it', file((one) => ({ ...one, schemes: [], maps: [] })), ''],
    [
      'a code twice',
      file(({ schemes: [scheme], ...rest }) => ({
        ...rest,
        schemes: [{ ...scheme, codes: [...(scheme?.codes ?? []), scheme?.codes[0]] }],
      })),
      '/schemes/0/codes',
    ],
    [
      'no Spanish',
      file(({ schemes: [scheme], ...rest }) => ({ ...rest, schemes: [{ ...scheme, title: { en: 'x' } }] })),
      '/schemes/0/title/es',
    ],
    [
      'a map that leaves a code out',
      file(({ maps: [map], ...rest }) => ({ ...rest, maps: [{ ...map, entries: map?.entries.slice(0, 1) }] })),
      '/maps/0',
    ],
    [
      'a map to a code that is not there',
      file(({ maps: [map], ...rest }) => ({
        ...rest,
        maps: [{ ...map, entries: [{ from: 'mint', to: '9' }, map?.entries[1]] }],
      })),
      '/maps/0/entries/0',
    ],
    [
      'a map of an unknown scheme',
      file(({ maps: [map], ...rest }) => ({ ...rest, maps: [{ ...map, from: 'x1@1' }] })),
      '/maps/0',
    ],
    [
      'a code of ours',
      file(({ schemes: [scheme], ...rest }) => ({
        ...rest,
        schemes: [{ ...scheme, codes: [{ ...scheme?.codes[0], code: CANNOT_SAY }] }],
      })),
      '/schemes/0/codes/0/code',
    ],
  ])('with %s is refused', (_, wrong, pointer) => {
    try {
      readSchemeFile(wrong);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'SCHEME_INVALID', ...(pointer === '' ? {} : { pointer }) });
    }
  });

  it('retires a version that is there, and no other', () => {
    const retire = (scheme: string, by: string | null) =>
      file(() => ({ format: 'redthread-schemes/1', retire: [{ scheme, why: text('we vote in another'), by }] }));
    const schemes = schemesOf([readSchemeFile(retire('ncmec@1', 'vic-us@2.0'))]);
    expect(codeOf(() => codeToVote(schemes, 'ncmec@1:A1'))).toBe('SCHEME_RETIRED');
    expect(codeOf(() => readSchemeFile(retire('ncmec@9', null)))).toBe('SCHEME_INVALID');
    expect(codeOf(() => readSchemeFile(retire('ncmec@1', 'nothing@1')))).toBe('SCHEME_INVALID');
  });

  it('does not replace what is there', () => {
    const again = file(({ schemes: [scheme], ...rest }) => ({
      ...rest,
      schemes: [{ ...scheme, id: 'vic-us', version: '2.0' }],
    }));
    expect(codeOf(() => readSchemeFile(again))).toBe('ALREADY_EXISTS');
  });
});
