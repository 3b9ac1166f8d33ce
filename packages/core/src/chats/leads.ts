// Identifiers in a text, by their shape and, where they have one, their check sum: leads with their place, never opened and never resolved. Time is
// linear in the text: every pattern has a bound, and begins only where nothing of its own kind stands before.
import { coinAddressOf } from './lead-coins.js';
import { ibanAt } from './lead-iban.js';
import type { LeadKind } from './lead-kinds.js';
import { invitationOf, isOnion, linkOf, placeOf } from './lead-links.js';

export interface Lead {
  readonly kind: LeadKind;
  /** As it stands in the text. */
  readonly value: string;
  /** What two of them are compared by. */
  readonly normal: string;
  /** UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Of one text; a list of numbers is no message. */
const MOST = 10_000;

interface Finder {
  /** What a text must have for the pattern to be tried. */
  readonly needs: RegExp;
  readonly pattern: RegExp;
  /** Null: it only looked like one. `length`: of what counts, where that is less than was found. */
  readonly lead: (
    found: RegExpExecArray,
  ) => { readonly kind: LeadKind; readonly normal: string; readonly length?: number } | null;
}

const WORD = '[\\p{L}\\p{N}_]';
const NUMBER = '-?\\d{1,3}\\.\\d{3,15}';
const DEGREES = "(\\d{1,3})\\s?[°º]\\s?(\\d{1,2})\\s?['’′]\\s?(\\d{1,2}(?:[.,]\\d{1,6})?)\\s?(?:[\"”″]|'')\\s?";

/** In this order: what one has found, the next ones leave. */
const FINDERS: readonly Finder[] = [
  {
    needs: /:\/\//,
    pattern: /(?<![\p{L}\p{N}])(?:https?|ftp):\/\/[^\s<>"“”„«»]{3,2000}/giu,
    lead: ([whole]) => {
      const address = withoutEnd(whole);
      return address.length < 10 ? null : { ...linkOf(address), length: address.length };
    },
  },
  {
    needs: /geo:/i,
    pattern: /(?<![\p{L}\p{N}])geo:(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)[^\s<>"]{0,200}/giu,
    lead: ([whole, north, east]) => gps(north!, east!, withoutEnd(whole).length),
  },
  {
    needs: /@/,
    pattern:
      /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu,
    lead: ([whole]) => (/^[.'-]|\.\.|\.@/.test(whole) ? null : { kind: 'email', normal: whole.toLowerCase() }),
  },
  {
    needs: /\.onion/i,
    pattern: /(?<![a-z0-9])([a-z2-7]{56}|[a-z2-7]{16})\.onion(?![\p{L}\p{N}])(?:\/[^\s<>"“”„«»]{0,2000})?/giu,
    lead: ([whole, name]) =>
      isOnion(name!)
        ? { kind: 'onion', normal: `${name!.toLowerCase()}.onion`, length: withoutEnd(whole).length }
        : null,
  },
  {
    needs: /whatsapp\.com\/|t\.me\/|telegram\.me\/|signal\.group\/|discord/i,
    pattern:
      /(?<![\p{L}\p{N}.@-])(?:chat\.whatsapp\.com|t\.me|telegram\.me|signal\.group|discord\.gg|discord(?:app)?\.com)\/[^\s<>"“”„«»]{2,200}/giu,
    lead: ([whole]) => {
      const address = withoutEnd(whole);
      const normal = invitationOf(address);
      return normal === null
        ? { ...linkOf(address), length: address.length }
        : { kind: 'invitation', normal, length: address.length };
    },
  },
  {
    needs: /www\./i,
    pattern:
      /(?<![\p{L}\p{N}.@-])www\.(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])(?:[:/?#][^\s<>"“”„«»]{0,2000})?/giu,
    lead: ([whole]) => {
      const address = withoutEnd(whole);
      return { ...linkOf(address), length: address.length };
    },
  },
  {
    needs: /\d[°º]/,
    pattern: new RegExp(`(?<!\\d)${DEGREES}([NSns])[\\s,;]{0,3}${DEGREES}([EWOew])(?!${WORD})`, 'gu'),
    lead: (found) => {
      const [, d1, m1, s1, ns, d2, m2, s2, ew] = found as unknown as string[];
      return gps(degrees(d1!, m1!, s1!, /s/i.test(ns!)), degrees(d2!, m2!, s2!, /w/i.test(ew!)));
    },
  },
  {
    needs: /\d\.\d{3}/,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}.,])(${NUMBER})\\s{0,3}[,;]\\s{0,3}(${NUMBER})(?![\\p{L}\\p{N}]|[.,]\\d)`,
      'gu',
    ),
    lead: ([, north, east]) => gps(north!, east!),
  },
  {
    needs: /[\dA-Za-z]{25}/,
    pattern: new RegExp(
      `(?<!${WORD})(?:0x[\\da-fA-F]{40}|(?:bc1|ltc1|BC1|LTC1)[\\da-zA-Z]{11,87}|[1-9A-HJ-NP-Za-km-z]{26,35}|[48][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?)(?!${WORD})`,
      'gu',
    ),
    lead: ([whole]) => {
      const normal = coinAddressOf(whole);
      return normal === null ? null : { kind: 'coin-address', normal };
    },
  },
  {
    needs: /[A-Z]{2}\d{2}/,
    pattern: new RegExp(`(?<!${WORD})[A-Z]{2}\\d{2}(?:[ \\u00a0-]?[A-Z0-9]){11,40}`, 'gu'),
    lead: ([whole]) => {
      const found = ibanAt(whole);
      return found === null ? null : { kind: 'iban', ...found };
    },
  },
  {
    needs: /[+@]\d|00\d|tel:/,
    pattern: new RegExp(
      `(?<!${WORD}|[+.,/-])(?:\\+|00|@|tel:\\+?)\\d(?:[\\d .()/\\u00a0\\u202f\\u2010\\u2011-]{5,24})\\d(?!${WORD})`,
      'gu',
    ),
    lead: ([whole]) => {
      const digits = whole.replace(/^(?:tel:)?(?:\+|00(?=[1-9]))?/, '').replace(/\D/g, '');
      // After an `@` stands a number as WhatsApp mentions somebody: digits alone.
      if (whole.startsWith('@') && !/^@\d{8,15}$/.test(whole)) return null;
      return digits.length < 7 || digits.length > 15 || digits.startsWith('0')
        ? null
        : { kind: 'phone', normal: `+${digits}` };
    },
  },
  {
    needs: /0\d/,
    pattern: new RegExp(
      `(?<!${WORD}|[+.,:/-])\\(?0[1-9]\\d{1,4}\\)?[ /\\u00a0-]{1,2}\\d{2,4}(?:[ \\u00a0-]?\\d{2,4}){1,3}(?!${WORD}|[.,:/-]\\d)`,
      'gu',
    ),
    lead: ([whole]) => {
      const digits = whole.replace(/\D/g, '');
      return digits.length < 9 || digits.length > 12 ? null : { kind: 'phone', normal: digits };
    },
  },
  {
    needs: /@/,
    pattern: new RegExp(
      `(?<!${WORD}|[.@/+-])@[A-Za-z][A-Za-z0-9_]{2,31}(?:\\.[A-Za-z0-9_]{1,31}){0,2}(?!${WORD}|@)`,
      'gu',
    ),
    lead: ([whole]) => ({ kind: 'handle', normal: whole.toLowerCase() }),
  },
];

const gps = (north: string, east: string, length?: number) => {
  const normal = placeOf(north, east);
  return normal === null ? null : { kind: 'gps' as const, normal, ...(length === undefined ? {} : { length }) };
};

const degrees = (whole: string, minutes: string, seconds: string, isNegative: boolean): string =>
  String((Number(whole) + Number(minutes) / 60 + Number(seconds.replace(',', '.')) / 3600) * (isNegative ? -1 : 1));

/** Without the signs that end a sentence and not the address; a bracket belongs to it where it was opened in it. */
const withoutEnd = (address: string): string => {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    if (/[.,;:!?'’*_~\u200e\u200f\u2069]/.test(last)) continue;
    if (last === ')' && !address.slice(0, end).includes('(')) continue;
    if (last === ']' && !address.slice(0, end).includes('[')) continue;
    if (last === '}' || last === '>') continue;
    break;
  }
  return address.slice(0, end);
};

/** In the order in which they stand; none lies in another. */
export const leadsIn = (text: string): readonly Lead[] => {
  const found: Lead[] = [];
  let taken: Uint8Array | null = null;
  for (const { needs, pattern, lead } of FINDERS) {
    if (!needs.test(text)) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      if (found.length >= MOST) break;
      const of = lead(match);
      if (of === null) continue;
      const [start, end] = [match.index, match.index + (of.length ?? match[0].length)];
      if (taken !== null && (taken[start] === 1 || taken[end - 1] === 1)) continue;
      taken ??= new Uint8Array(text.length);
      taken.fill(1, start, end);
      found.push({ kind: of.kind, value: text.slice(start, end), normal: of.normal, start, end });
      // What was left out at the end may be the beginning of the next.
      if (of.length !== undefined) pattern.lastIndex = Math.max(end, match.index + 1);
    }
  }
  return found.sort((a, b) => a.start - b.start);
};
