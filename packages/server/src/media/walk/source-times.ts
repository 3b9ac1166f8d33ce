// Times as file systems and archives state them. Nothing is corrected: year 0 and year 2107 are values.
import type { SourceTime } from './types.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYY-MM-DD hh:mm:ss[.fff]Z` of an instant, any year that a file system can state. */
const utcText = (epochMs: number, fraction = ''): string => {
  const date = new Date(epochMs);
  if (Number.isNaN(date.getTime())) return `${epochMs} ms`;
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const day = `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day} ${time}${fraction}Z`;
};

const NS_A_SECOND = 1_000_000_000n;

/** A time of a file system, nanoseconds since 1970. */
export const fileSystemTime = (kind: SourceTime['kind'], epochNs: bigint): SourceTime => {
  const withinNs = ((epochNs % NS_A_SECOND) + NS_A_SECOND) % NS_A_SECOND;
  const secondMs = Number((epochNs - withinNs) / 1_000_000n);
  return {
    kind,
    text: utcText(secondMs, withinNs === 0n ? '' : `.${String(withinNs).padStart(9, '0')}`),
    epochMs: secondMs + Math.floor(Number(withinNs) / 1e6),
    zone: 'utc',
    precisionMs: withinNs === 0n ? 1000 : 1,
    basis: 'file-system',
  };
};

/** An instant that an archive states. `text` is given where it was written with a fraction. */
export const archiveTime = (kind: SourceTime['kind'], epochMs: number, precisionMs: number): SourceTime => {
  const fractionMs = ((epochMs % 1000) + 1000) % 1000;
  const fraction = precisionMs < 1000 ? `.${String(Math.floor(fractionMs)).padStart(3, '0')}` : '';
  return { kind, text: utcText(epochMs - fractionMs, fraction), epochMs, zone: 'utc', precisionMs, basis: 'archive' };
};

/** MS-DOS date and time: wall clock of an unknown zone, in steps of two seconds, 1980 to 2107; month 0 and day 0 occur. */
export const dosTime = (date: number, time: number): SourceTime => ({
  kind: 'modified',
  text:
    `${1980 + (date >> 9)}-${two((date >> 5) & 0xf)}-${two(date & 0x1f)} ` +
    `${two(time >> 11)}:${two((time >> 5) & 0x3f)}:${two((time & 0x1f) * 2)}`,
  zone: 'none',
  precisionMs: 2000,
  basis: 'archive',
});

const DAY_MS = 86_400_000;
/** FAT states a wall clock of an unknown zone: of a change in steps of two seconds, of an access its day. */
const FAT_PRECISION = { modified: 2000, created: 1000, accessed: DAY_MS } as const;

/** A time as sleuthkit prints it when told to be in UTC: `2025-06-01 12:00:00 (UTC)`, all zeros where there is none. */
export const diskTime = (kind: SourceTime['kind'], printed: string, fileSystem: string): SourceTime[] => {
  const text = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/.exec(printed)?.[1];
  if (text === undefined || text.startsWith('0000-')) return [];
  if (/fat/.test(fileSystem))
    return [{ kind, text, zone: 'none', precisionMs: FAT_PRECISION[kind], basis: 'file-system' }];
  const epochMs = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(epochMs) ? [] : [fileSystemTime(kind, BigInt(epochMs) * 1_000_000n)];
};

interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

const EXTENDED_TIMESTAMP = 0x5455;
const NTFS_TIMES = 0x000a;
const MS_FROM_1601_TO_1970 = 11_644_473_600_000;
const KINDS = ['modified', 'accessed', 'created'] as const;

/** Times of a ZIP entry: the DOS one as written, and the UTC ones of the extra fields. */
export const zipTimes = (dosDate: number, dosClock: number, fields: readonly ExtraField[]): SourceTime[] => {
  const times = [dosTime(dosDate, dosClock)];
  for (const { id, data } of fields) {
    // Info-ZIP: a flag byte, then a 32-bit Unix time for each flag that is set; the central directory holds the first only.
    if (id === EXTENDED_TIMESTAMP && data.length >= 5) {
      let at = 1;
      for (const [bit, kind] of KINDS.entries()) {
        if ((data[0]! & (1 << bit)) === 0 || at + 4 > data.length) continue;
        times.push(archiveTime(kind, data.readInt32LE(at) * 1000, 1000));
        at += 4;
      }
    }
    // APPNOTE 4.5.5: attribute 1 holds three times in steps of 100 ns since 1601.
    if (id === NTFS_TIMES && data.length >= 32 && data.readUInt16LE(4) === 1) {
      for (const [index, kind] of KINDS.entries()) {
        const steps = data.readBigUInt64LE(8 + 8 * index);
        if (steps > 0n) times.push(archiveTime(kind, Number(steps / 10_000n) - MS_FROM_1601_TO_1970, 1));
      }
    }
  }
  return times;
};
