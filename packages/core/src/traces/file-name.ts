// What the name of a file says of where it came from: patterns as data. Each says who writes names so, and what its parts mean; where that
// is known from stands in docs/traces.md. A name is the easiest thing to change: it is a lead, never more.

export interface NamePattern {
  /** Lower-case words joined by hyphens. */
  readonly id: string;
  readonly writer: string;
  /** Named groups: year, month, day, hour, minute, second; `half`: of the day, A or P; `ms`: milliseconds since 1970; `counter`. */
  readonly pattern: RegExp;
  /** What the date in it is of. */
  readonly date: 'taken' | 'received' | 'saved' | 'sent' | null;
  readonly example: string;
}

const DATE = '(?<year>20\\d\\d)(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\\d|3[01])';
const DASHED = '(?<year>20\\d\\d)-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\\d|3[01])';
const TIME = '(?<hour>[01]\\d|2[0-3])(?<minute>[0-5]\\d)(?<second>[0-5]\\d)';
const COPY = '(?: ?\\(\\d+\\)| - Copy|_\\d{1,2})?';

const named = (text: string): RegExp => new RegExp(`^${text}${COPY}\\.[A-Za-z0-9]{2,5}$`, 'u');

/** The first that fits is taken: what is special stands before what is general. */
export const NAME_PATTERNS: readonly NamePattern[] = [
  {
    id: 'whatsapp-android',
    writer: 'WhatsApp on Android',
    pattern: named(`(?:IMG|VID|AUD|PTT|STK|DOC)-${DATE}-WA(?<counter>\\d{4,})`),
    date: 'received',
    example: 'IMG-20240317-WA0012.jpg',
  },
  {
    id: 'whatsapp-saved',
    writer: 'WhatsApp, saved by the user or its desktop',
    pattern: named(
      `WhatsApp (?:Image|Video|Audio|Ptt|Unknown) ${DASHED} at (?<hour>\\d{1,2})\\.(?<minute>[0-5]\\d)\\.(?<second>[0-5]\\d)(?: ?(?<half>[AP])M)?(?:_[0-9a-f]{8})?`,
    ),
    date: 'saved',
    example: 'WhatsApp Image 2024-03-17 at 14.02.11.jpeg',
  },
  {
    id: 'whatsapp-export',
    writer: 'WhatsApp on iOS, exported chat',
    pattern: named(
      `(?<counter>\\d{8})-(?:PHOTO|VIDEO|AUDIO|GIF|STICKER)-${DASHED}-(?<hour>[01]\\d|2[0-3])-(?<minute>[0-5]\\d)-(?<second>[0-5]\\d)`,
    ),
    date: 'sent',
    example: '00000042-PHOTO-2024-03-17-14-02-11.jpg',
  },
  {
    id: 'telegram-desktop',
    writer: 'Telegram Desktop',
    pattern: named(
      `(?:photo|video)_(?:(?<counter>\\d+)@(?<day>0[1-9]|[12]\\d|3[01])-(?<month>0[1-9]|1[0-2])-(?<year>20\\d\\d)|${DASHED.replaceAll('?<', '?<t')})_(?<hour>[01]\\d|2[0-3])-(?<minute>[0-5]\\d)-(?<second>[0-5]\\d)`,
    ),
    date: 'sent',
    example: 'photo_2024-03-17_14-02-11.jpg',
  },
  {
    id: 'signal',
    writer: 'Signal',
    pattern: named(
      `signal-${DASHED}-(?:${TIME}|(?<hourDashed>[01]\\d|2[0-3])-(?<minuteDashed>[0-5]\\d)-(?<secondDashed>[0-5]\\d)(?:-\\d{1,3})?)`,
    ),
    date: 'saved',
    example: 'signal-2024-03-17-140211.jpg',
  },
  {
    id: 'facebook-saved',
    writer: 'Facebook on Android, saved',
    pattern: named('FB_IMG_(?<ms>1\\d{12})'),
    date: 'saved',
    example: 'FB_IMG_1710684131000.jpg',
  },
  {
    id: 'facebook-page',
    writer: 'Facebook or Instagram, from a page',
    pattern: named('\\d{6,}_\\d{12,}_\\d{12,}_[no]'),
    date: null,
    example: '432109876_122123456789012_1234567890123456789_n.jpg',
  },
  {
    id: 'snapchat',
    writer: 'Snapchat, saved',
    pattern: named('Snapchat-(?<counter>\\d{6,})'),
    date: null,
    example: 'Snapchat-1234567890.jpg',
  },
  {
    id: 'screenshot',
    writer: 'a screenshot',
    pattern: named(
      `(?:Screenshot|Screen Shot|Bildschirmfoto|Captura de pantalla)[ _-](?:${DATE}[-_]${TIME}|${DASHED.replaceAll('?<', '?<d')}[ _-](?:at |um |a las )?[0-9.\\-_ ]+)(?:_[\\w.]+)?(?: ?[AP]M)?`,
    ),
    date: 'taken',
    example: 'Screenshot_20240317-140211.png',
  },
  {
    id: 'pixel',
    writer: 'Google Camera',
    pattern: named(`PXL_${DATE}_${TIME}\\d{3}(?:\\.[A-Z~0-9.\\-]+)?`),
    date: 'taken',
    example: 'PXL_20240317_140211123.jpg',
  },
  {
    id: 'android-camera',
    writer: 'a camera of Android',
    pattern: named(`(?:IMG|VID|PANO|MVIMG|BURST)_?${DATE}_${TIME}(?:\\d{3})?(?:_\\w+)?`),
    date: 'taken',
    example: 'IMG_20240317_140211.jpg',
  },
  {
    id: 'samsung-camera',
    writer: 'a camera of Samsung',
    pattern: named(`${DATE}_${TIME}`),
    date: 'taken',
    example: '20240317_140211.jpg',
  },
  {
    id: 'apple-edited',
    writer: 'Photos of Apple, edited',
    pattern: named('IMG_E(?<counter>\\d{4})'),
    date: null,
    example: 'IMG_E0042.jpg',
  },
  {
    id: 'camera-counter',
    writer: 'a camera that counts (Apple, Canon, Nikon, Sony, Panasonic, GoPro, ...)',
    pattern: named(
      '(?:IMG_|DSCN|DSCF|DSC_|DSC|_DSC|_MG_|_IMG|P10|PICT|GOPR|GH01|SAM_|CIMG|IMGP|MVI_|DJI_)(?<counter>\\d{4,5})',
    ),
    date: null,
    example: 'DSC_0042.JPG',
  },
];

export interface NameTrace {
  readonly pattern: string;
  readonly writer: string;
  readonly date: NamePattern['date'];
  /** As it stands in the name, in hours of 24, no zone: `2024-03-17 14:02:11`, or the day alone; null where there is none. */
  readonly when: string | null;
  readonly counter: number | null;
}

const isDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** What the last part of a path says; null where no pattern fits, or its date is none. */
export const nameTrace = (name: string): NameTrace | null => {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  for (const { id, writer, pattern, date } of NAME_PATTERNS) {
    const found = pattern.exec(last);
    if (found === null) continue;
    const groups = found.groups ?? {};
    const when = whenOf(groups);
    if (when === 'none') continue;
    const counter = groups['counter'];
    return { pattern: id, writer, date, when, counter: counter === undefined ? null : Number(counter) };
  }
  return null;
};

/** Of 24; null where there is none such. */
const hourOf = (hour: number, half: string | undefined): number | null => {
  if (half === undefined || hour === 0 || hour > 12) return hour < 24 ? hour : null;
  return (hour % 12) + (half === 'P' ? 12 : 0);
};

/** Null: it says no time. `none`: what it says is no day, or no time of one. */
const whenOf = (groups: Readonly<Record<string, string | undefined>>): string | null => {
  const part = (...names: readonly string[]): string | undefined =>
    names.map((n) => groups[n]).find((v) => v !== undefined);
  const ms = groups['ms'];
  if (ms !== undefined) return `${new Date(Number(ms)).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const [year, month, day] = [
    part('year', 'tyear', 'dyear'),
    part('month', 'tmonth', 'dmonth'),
    part('day', 'tday', 'dday'),
  ];
  if (year === undefined || month === undefined || day === undefined) return null;
  if (!isDay(Number(year), Number(month), Number(day))) return 'none';
  const [hour, minute, second] = [
    part('hour', 'hourDashed'),
    part('minute', 'minuteDashed'),
    part('second', 'secondDashed'),
  ];
  if (hour === undefined || minute === undefined) return `${year}-${month}-${day}`;
  const of24 = hourOf(Number(hour), groups['half']);
  return of24 === null
    ? 'none'
    : `${year}-${month}-${day} ${String(of24).padStart(2, '0')}:${minute}:${second ?? '00'}`;
};
