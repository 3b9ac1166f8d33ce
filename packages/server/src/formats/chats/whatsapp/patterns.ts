// Patterns of notices, made ready: see words/language.ts for how they are written.
import type { ChatEventType } from '@redthread/core/chats';
import type { Language } from './words/language.js';

export interface Pattern {
  readonly type: ChatEventType;
  readonly expression: RegExp;
  /** Whom the words mean without naming them. */
  readonly isActorExporter: boolean;
  readonly isTargetExporter: boolean;
  /** It may begin with anything. */
  readonly isOpen: boolean;
  /** What follows whoever did it may be anything: only a name that is known shows where theirs ends. */
  readonly isVague: boolean;
}

/**
 * One character for one, so that places stay: quotes of all kinds, apostrophes and spaces are the same. What is matched is this; what is
 * given is as written.
 */
export const evened = (text: string): string =>
  UNEVEN.test(text)
    ? text
        .replace(/[“”„‟«»″「」『』〝〞〟＂]/g, '"')
        .replace(/[’‘ʼ′]/g, "'")
        .replace(/[\u00a0\u202f\u2009]/g, ' ')
        .replace(/[\u2010\u2011]/g, '-')
    : text;
const UNEVEN = /[“”„‟«»″「」『』〝〞〟＂’‘ʼ′\u00a0\u202f\u2009\u2010\u2011]/;

const NAME = '(?:[\\ue000-\\uefff]|.{1,150}?)';
/** Numbers stand in a line as placeholders: see names.ts. */
const NUMBER = '[\\ue000-\\ue3ff]';
const NAME_OR_NUMBER = '[\\ue000-\\uefff]';
const TOKENS: Readonly<Record<string, string>> = {
  a: `(?<a>${NAME})`,
  t: `(?<t>.{1,1000}?)`,
  s: '" ?(?<s>.{1,300}) ?"',
  o: '" ?.{1,300}? ?"',
  n: `(?<n>${NAME_OR_NUMBER})`,
  m: `(?<m>${NUMBER})`,
};

/** `ajouté(e)`, `вышел(-ла)`, `을(를)`: forms in brackets that stand so in the text, or not. */
const FORMS = /(?<=[\p{L}|[(] ?)\((-?\p{L}{1,5})\)/gu;

const compiled = (source: string): string => {
  let out = '';
  for (const part of evened(source)
    .replace(FORMS, '\uE000$1\uE001')
    .split(/(\{[a-z]\}|[*()[\]|])/)) {
    if (/^\{[a-z]\}$/.test(part)) out += TOKENS[part[1]!]!;
    else if (part === '*') out += '.*';
    else if (part === '(' || part === '[') out += '(?:';
    else if (part === ')') out += ')';
    else if (part === ']') out += ')?';
    else if (part === '|') out += '|';
    else out += part.replace(/[.+?^${}\\/]/g, '\\$&');
  }
  return out.replace(/\uE000([^\uE001]*)\uE001/g, '(?:\\($1\\))?');
};

const ready = new Map<Language, readonly Pattern[]>();

/** Made once, when a language is first looked for. */
export const patternsOf = (language: Language): readonly Pattern[] => {
  const known = ready.get(language) ?? made(language);
  ready.set(language, known);
  return known;
};

const made = (language: Language): readonly Pattern[] =>
  Object.entries(language.events).flatMap(([type, sources]) =>
    sources.map((source) => {
      const isTargetExporter = source.endsWith('>me');
      const isActorExporter = source.startsWith('@');
      const bare = source.replace(/^@/, '').replace(/ ?>me$/, '');
      return {
        type: type as ChatEventType,
        expression: new RegExp(`^${compiled(bare)}[.。।۔!]?$`, 'diu'),
        isActorExporter,
        isTargetExporter,
        isOpen: bare.startsWith('*'),
        isVague: /^(?:\[[^\]]*\])?\{a\}(?:\[[^\]]*\]| )*\*/.test(bare),
      };
    }),
  );
