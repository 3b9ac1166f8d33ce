// Schemes of categories, maps between them and facts, as data: what is shipped, what an operator loads from a file, and what the
// API shows.
import { z } from 'zod';
import { Polarity, visibleCharacters } from './primitives.js';

/** Text of a scheme in the languages that it must come in. */
const inLanguages = (most: number) => {
  const text = z
    .string()
    .max(most)
    .refine((words) => visibleCharacters(words) > 0, 'nothing in it can be read');
  return z.strictObject({ en: text, es: text });
};
export const Translated = inLanguages(400);
export type Translated = z.infer<typeof Translated>;
export const LANGUAGES = ['en', 'es'] as const satisfies readonly (keyof Translated)[];
export type Language = (typeof LANGUAGES)[number];

export const SchemeId = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'an id is lower case letters, digits and dashes');
export const SchemeVersion = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,15}$/, 'a version such as 2.0');
export const Code = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,31}$/, 'a code is letters, digits and dashes');
/** `scheme@version`. */
export const SchemeName = z.string().regex(/^[a-z][a-z0-9-]{1,31}@[0-9A-Za-z][0-9A-Za-z.-]{0,15}$/, 'scheme@version');
/** `scheme@version:code`: a code is never a bare number. */
export const CodeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}@[0-9A-Za-z][0-9A-Za-z.-]{0,15}:[0-9A-Za-z][0-9A-Za-z-]{0,31}$/, 'scheme@version:code');

/** In every scheme: somebody looked and could not tell. It counts for no code. */
export const CANNOT_SAY = 'cannot-say';

export const SchemeCode = z.strictObject({
  code: Code.refine((code) => code !== CANNOT_SAY, `${CANNOT_SAY} is part of every scheme and of no file`),
  /** On which side a list of what carries this code would stand. */
  polarity: Polarity,
  title: Translated,
  /** In our own words; the full text is the issuer's. */
  text: Translated,
});
export type SchemeCode = z.infer<typeof SchemeCode>;

export const Scheme = z.strictObject({
  id: SchemeId,
  version: SchemeVersion,
  title: Translated,
  issuer: z.string().min(1).max(120),
  /** Where what stands here comes from, and what it is worth. */
  source: z.string().min(1).max(400),
  /** A retired version is shown and mapped from, and takes no vote. */
  retired: z.strictObject({ why: Translated, by: SchemeName.nullable() }).nullable(),
  codes: z.array(SchemeCode).min(1).max(64),
});
export type Scheme = z.infer<typeof Scheme>;

/** What becomes of one code: another, or nothing, for a reason. */
export const MapEntry = z.union([
  z.strictObject({ from: Code, to: Code }),
  z.strictObject({ from: Code, cannot: Translated }),
]);
export type MapEntry = z.infer<typeof MapEntry>;

export const SchemeMap = z.strictObject({
  from: SchemeName,
  to: SchemeName,
  source: z.string().min(1).max(400),
  entries: z.array(MapEntry).min(1).max(64),
});
export type SchemeMap = z.infer<typeof SchemeMap>;

/** What an operator loads: schemes, and maps between them or to those that are here. */
export const SchemeFile = z.strictObject({
  format: z.literal('redthread-schemes/1'),
  schemes: z.array(Scheme).max(32).default([]),
  maps: z.array(SchemeMap).max(128).default([]),
  /** Versions, of this file or here, that take no vote from now on. */
  retire: z
    .array(z.strictObject({ scheme: SchemeName, why: Translated, by: SchemeName.nullable() }))
    .max(32)
    .default([]),
});
export type SchemeFile = z.infer<typeof SchemeFile>;

/** A scheme as it is listed: with where it came from. */
export const ListedScheme = Scheme.extend({ name: SchemeName, origin: z.enum(['shipped', 'loaded']) });
export type ListedScheme = z.infer<typeof ListedScheme>;

/** A code through a map: another code, or why there is none. */
export const Mapped = z.object({
  from: CodeName,
  scheme: SchemeName,
  to: CodeName.nullable(),
  /** Null where there is a code. */
  cannot: Translated.nullable(),
});
export type Mapped = z.infer<typeof Mapped>;

export const AGE_BANDS = ['0-2', '3-6', '7-10', '11-13', '14-15', '16-17', 'adult'] as const;
export const ACTS = ['penetrative', 'sadistic', 'animal', 'non-penetrative', 'posed', 'nudity', 'none'] as const;
export const ORIGINS = ['real', 'ai-made', 'ai-altered', 'drawn'] as const;
export const FOCUSES = ['sexual-parts', 'body', 'face', 'scene'] as const;

/** Each fact as the values that are possible: one where it is certain, several where somebody wavers, absent where nothing is said. */
const possible = <T extends readonly [string, ...string[]]>(values: T) => z.array(z.enum(values)).min(1).optional();

/** Neutral facts of one medium, after the INHOPE Universal Classification Schema: codes of any scheme are derived from these. */
export const Facts = z
  .strictObject({
    age: possible(AGE_BANDS),
    act: possible(ACTS),
    origin: possible(ORIGINS),
    /** What the origin rests on: traces, a statement, a tool. */
    originBasis: z.string().min(3).max(400).optional(),
    selfGenerated: possible(['yes', 'no']),
    focus: possible(FOCUSES),
  })
  .refine(({ origin, originBasis }) => origin === undefined || originBasis !== undefined, {
    message: 'an origin comes with what it rests on',
    path: ['originBasis'],
  });
export type Facts = z.infer<typeof Facts>;
