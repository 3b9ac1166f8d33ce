// Numbers, sizes and times as the interface writes them: thin spaces, decimal units, the user's zone, source times untouched.
import type { SourceTime } from '@redthread/core/contract';

/** Narrow no-break space between thousands, and the full one before a unit: a number stays on one line. */
const THIN = '\u202f';
const SPACE = '\u00a0';

let decimalMark = '.';

/** As the language has it; what is copied or typed elsewhere, such as a coordinate, keeps its point. */
export const setDecimalMark = (mark: '.' | ','): void => {
  decimalMark = mark;
};

const marked = (figures: string): string => figures.replace('.', decimalMark);

/** 360112 → "360 112" (with narrow no-break spaces). */
export const count = (n: number): string => {
  const [whole = '0', fraction] = Math.abs(n).toString().split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return `${n < 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `${decimalMark}${fraction}`}`;
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units, three significant figures: 1 234 567 → "1.23 MB". */
export const bytes = (n: number): string => {
  let value = n;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${marked(value.toFixed(digits))}${SPACE}${UNITS[unit]}`;
};

const two = (n: number): string => n.toString().padStart(2, '0');

/** Seconds as a person says them: "40 s", "11 min", "1 h 04 min", "3 d 02 h". */
export const duration = (seconds: number): string => {
  const s = Math.max(0, Math.round(seconds));
  if (s < 90) return `${s}${SPACE}s`;
  const minutes = Math.round(s / 60);
  if (minutes < 60) return `${minutes}${SPACE}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}${SPACE}h${SPACE}${two(minutes % 60)}${SPACE}min`;
  return `${Math.floor(hours / 24)}${SPACE}d${SPACE}${two(hours % 24)}${SPACE}h`;
};

/** Every part of it, to the second: "1 h 3 s", "2 d 4 min". */
export const exactDuration = (seconds: number): string => {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}${SPACE}${unit}`);
  return said.length === 0 ? `0${SPACE}s` : said.join(' ');
};

/** Two figures below 10, whole numbers above: "0.4", "3.2", "14", "1 204". */
export const rate = (perSecond: number): string =>
  perSecond < 10 ? marked((Math.round(perSecond * 10) / 10).toString()) : count(Math.round(perSecond));

/** Bits and measured values: at most one decimal below 100, none above; never an exponent. */
export const measure = (value: number): string =>
  Number.isInteger(value)
    ? count(value)
    : marked(value.toFixed(Math.abs(value) < 1 ? 3 : Math.abs(value) < 100 ? 1 : 0));

/** Share of a count, per cent: 100 only where nothing is missing, 0 only where there was nothing. */
export const share = (part: number, of: number): string => {
  if (of === 0) return '–';
  if (part === of) return `100${SPACE}%`;
  const rounded = Math.min(99.9, Math.max(part === 0 ? 0 : 0.1, Math.round((1000 * part) / of) / 10));
  return `${marked(rounded.toFixed(1))}${SPACE}%`;
};

/** Our own event in the user's zone: "2026-03-02 14:05:09". */
export const instant = (iso: string): string => {
  const at = new Date(iso);
  return `${day(at)} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
};

/** The same with its offset, beside source times that state theirs: "2026-03-02 14:05:09 +01:00". */
export const zonedInstant = (iso: string): string => `${instant(iso)} ${offset(-new Date(iso).getTimezoneOffset())}`;

const day = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** The day so many days from today, in the user's zone, as a field of a date writes it. */
export const daysOn = (days: number): string => {
  const at = new Date();
  at.setDate(at.getDate() + days);
  return day(at);
};

/** "14:05:09" of the user's zone. */
export const clock = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;

/** "+02:00" from minutes east of UTC. */
export const offset = (minutes: number): string => {
  const m = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${two(Math.floor(m / 60))}:${two(m % 60)}`;
};

/** A source time exactly as written, with its offset, or with the words for "no zone". */
export const sourceTime = (time: SourceTime, noZone: string): string =>
  time.offsetMinutes === null
    ? `${time.text} (${noZone})`
    : /[+−-]\d\d:?\d\d$|Z$/.test(time.text)
      ? time.text
      : `${time.text} ${offset(time.offsetMinutes)}`;

/** Splits a path or digest so that its end stays readable when the middle is cut: [head, tail]. */
export const splitTail = (text: string, tailLength: number): readonly [string, string] => {
  const cut = Math.max(0, text.length - tailLength);
  return [text.slice(0, cut), text.slice(cut)];
};

/** "4 032 × 3 024" */
export const dimensions = (width: number | null, height: number | null): string | null =>
  width === null || height === null ? null : `${count(width)} × ${count(height)}`;

/** "ES-2026-014 / 7"; a reference that already begins with that of its case stands alone. */
export const exhibitName = (caseReference: string, exhibit: string): string =>
  exhibit.startsWith(caseReference) ? exhibit : `${caseReference} / ${exhibit}`;
