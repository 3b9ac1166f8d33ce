// What an entry of a person carries: text, files with it or left out, a place, a poll, a call; whether it was changed or deleted.
import type { AttachmentMedia, DeletedBy, MessageAttachment, MessageKind, PollOption } from '@redthread/core/chats';
import { mediaOfName } from '../media-of-name.js';
import { evened } from './patterns.js';
import { LANGUAGES, type Language } from './words/index.js';
import { MEDIA_WORDS } from './words/media.js';

export interface Body {
  readonly kind: MessageKind;
  readonly text: string;
  readonly edited: boolean;
  readonly attachments: readonly MessageAttachment[];
  readonly options?: readonly PollOption[];
  readonly deletedBy?: DeletedBy;
}

export interface BodyContext {
  readonly beside: ReadonlySet<string>;
  readonly isBracket: boolean;
  /** Whole texts in angle brackets that several people wrote, again and again: no person does. */
  readonly isStandIn: (text: string) => boolean;
}

const plainOf = (text: string): string =>
  evened(text)
    .toLowerCase()
    .replace(/[.。।۔!]$/, '')
    .trim();
const listOf = (of: (language: Language) => readonly string[]): readonly string[] => [
  ...new Set(LANGUAGES.flatMap(of).map(plainOf)),
];
const DELETED: ReadonlyMap<string, DeletedBy> = new Map(
  LANGUAGES.flatMap(({ deleted }) => [
    ...deleted.unknown.map((text) => [plainOf(text), 'unknown'] as const),
    ...deleted.own.map((text) => [plainOf(text), 'exporter'] as const),
  ]),
);
/** As they stand in a line, with their full stop and without it. */
export const OWN_DELETIONS: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap(({ deleted }) => deleted.own.flatMap((text) => [text, `${text}.`, `${text}。`])),
);
const BY_ADMIN = listOf(({ deleted }) => deleted.admin);
const EDITED = listOf(({ edited }) => edited);
const OMITTED = listOf(({ omitted }) => omitted);
const ATTACHED = listOf(({ attached }) => attached);
const PLACES = listOf(({ location }) => location);
const PLACE_PHRASES: ReadonlySet<string> = new Set(PLACES.filter((word) => word.includes(' ')));
const says = (text: string, parts: readonly string[]): boolean => parts.some((part) => text.includes(part));

/** The first letters of whatever the program itself may write as a text: most texts have others, and need no closer look. */
const STARTS: ReadonlySet<string> = new Set(
  [...DELETED.keys(), ...BY_ADMIN, ...PLACE_PHRASES].map((text) => text.slice(0, 3)),
);
const mayBeOfProgram = (text: string): boolean => STARTS.has(evened(text.slice(0, 3)).toLowerCase());

const SHORT = 120;
const NO_FILES: readonly MessageAttachment[] = [];
/** White space and marks of direction; by hand, since a pattern for the end would look from each of many blanks. */
const isOuter = (code: number): boolean =>
  code <= 0x20 || code === 0xa0 || code === 0x200e || code === 0x200f || code === 0x202f || code === 0xfeff;
const trimmed = (text: string): string => {
  let [from, to] = [0, text.length];
  while (from < to && isOuter(text.charCodeAt(from))) from += 1;
  while (to > from && isOuter(text.charCodeAt(to - 1))) to -= 1;
  return from === 0 && to === text.length ? text : text.slice(from, to);
};

/** `isMarked`: the program put its mark before the text, or before the entry. */
export const bodyOf = (raw: string, isMarked: boolean, context: BodyContext): Body => {
  const tag = editedTag(raw);
  const edited = tag >= 0;
  const text = trimmed(edited ? raw.slice(0, tag) : raw);
  const made = (kind: MessageKind, rest: string, more?: Partial<Body>): Body => {
    const body: Body = { kind, text: rest, edited, attachments: NO_FILES };
    return more === undefined ? body : { ...body, ...more };
  };
  if (text === '') return made(edited ? 'text' : 'empty', '');
  const end = text.indexOf('\n');
  const firstLine = end < 0 ? text : text.slice(0, end);
  if (text.length <= SHORT && end < 0 && mayBeOfProgram(text)) {
    const by = deletedBy(text);
    if (by !== null) return made('deleted', '', { deletedBy: by });
  }
  const omitted = omittedIn(firstLine, isMarked, context);
  if (omitted !== null)
    return made('omitted', trimmed(omitted.before + (end < 0 ? '' : text.slice(end))), {
      attachments: [omitted.attachment],
    });
  const files = attachmentsIn(raw.includes('\u200e') ? raw.slice(0, edited ? tag : undefined) : text, context);
  if (files !== null) return made('attachment', files.text, { attachments: files.attachments });
  if (end >= 0) {
    const poll = pollOf(text);
    if (poll !== null) return made('poll', poll.question, { options: poll.options });
  }
  if (isPlace(firstLine)) return made('location', text);
  return made('text', text);
};

/** Where the tag of a changed message begins; -1 where there is none. */
const editedTag = (text: string): number => {
  const last = text.trimEnd();
  if (last.charCodeAt(last.length - 1) !== 0x3e) return -1;
  const open = last.lastIndexOf('<');
  if (open < 0 || last.length - open > 80) return -1;
  const inner = last.slice(open + 1, -1);
  if (/[\n<]/.test(inner) || !says(evened(inner).toLowerCase(), EDITED)) return -1;
  return open > 0 && last[open - 1] === '\u200e' ? open - 1 : open;
};

const deletedBy = (text: string): DeletedBy | null => {
  const plain = plainOf(text);
  const known = DELETED.get(plain);
  if (BY_ADMIN.some((start) => plain.startsWith(start))) return 'admin';
  return known ?? null;
};

const OF_NO_FILE = { path: null, sha256: null, md5: null } as const;
const leftOut = (media: AttachmentMedia, name: string | null): MessageAttachment => ({
  ...OF_NO_FILE,
  name,
  media,
  state: 'omitted',
});

const omittedIn = (
  line: string,
  isMarked: boolean,
  context: BodyContext,
): { readonly before: string; readonly attachment: MessageAttachment } | null => {
  if (line.length > 400) return null;
  const bare = trimmed(line);
  if (bare.charCodeAt(0) === 0x3c && /^<[^<>]{2,80}>$/.test(bare)) {
    const inner = evened(bare.slice(1, -1)).toLowerCase();
    if (/[/=:@]/.test(inner)) return null;
    return says(inner, OMITTED) || context.isStandIn(bare)
      ? { before: '', attachment: leftOut(mediaIn(inner), null) }
      : null;
  }
  if (!context.isBracket) return null;
  // iPhones: `image omitted`; of a document its name and pages before that, of anything a caption.
  const at = line.lastIndexOf('\u200e');
  if (at < 0 && !isMarked && line.length > 40) return null;
  const said = evened(trimmed(at < 0 ? line : line.slice(at))).toLowerCase();
  if (said.length > 50 || said.split(' ').length > 6 || !says(said, OMITTED)) return null;
  const media = mediaIn(said);
  if (media === 'unknown' && at < 0 && !isMarked) return null;
  const before = at < 0 ? '' : trimmed(line.slice(0, at));
  const name = /^(.{1,255}\.[A-Za-z0-9]{1,8})(?: • .*)?$/.exec(before)?.[1] ?? null;
  return { before: name === null ? before : '', attachment: leftOut(media, name) };
};

const mediaIn = (words: string): AttachmentMedia => {
  for (const [media, stems] of MEDIA_WORDS) if (stems.some((stem) => words.includes(stem))) return media;
  return 'unknown';
};

const named = (name: string, context: BodyContext): MessageAttachment => ({
  ...OF_NO_FILE,
  name,
  path: isPlainName(name) ? name : null,
  media: context.isBracket ? mediaOfPhoneName(name) : mediaOfName(name),
  state: 'named',
});
/** A name that leads out of the folder is kept as written, and leads nowhere. */
const isPlainName = (name: string): boolean => !/[/\\\0]/.test(name) && name !== '.' && name !== '..';
const mediaOfPhoneName = (name: string): AttachmentMedia => (/-STICKER-/.test(name) ? 'sticker' : mediaOfName(name));

/** `<attached: NAME>` of iPhones, with a caption around it. */
const TAGGED = /(\u200e?)<\u200e?([^<>:\n]{2,30}?)\s?:\s?([^<>\n]{1,255}?)>/g;
const BEFORE_TAG = /^(\u200e?)([^\n<>]{1,255}?\.[A-Za-z0-9]{1,8}) <(\u200e?)([^<>\n]{2,30})>$/;
const BEFORE_WORDS = /^(\u200e?)([^\n]{1,255}?\.[A-Za-z0-9]{1,8})\s?[(（]([^()（）\n]{2,40})[)）]$/;
const PHONE_NAME = /^(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d{4,}\./;

const attachmentsIn = (
  raw: string,
  context: BodyContext,
): { readonly text: string; readonly attachments: readonly MessageAttachment[] } | null => {
  const attachments: MessageAttachment[] = [];
  const isWord = (words: string): boolean => says(evened(words).toLowerCase(), ATTACHED);
  if (raw.includes('<')) {
    const rest = raw.replace(TAGGED, (whole, mark: string, words: string, name: string) => {
      if (mark === '' && !isWord(words) && !context.beside.has(name)) return whole;
      if (!/\.[A-Za-z0-9]{1,8}$/.test(name) && !isWord(words)) return whole;
      attachments.push(named(name, context));
      return '';
    });
    if (attachments.length > 0) return { text: trimmed(rest), attachments };
  }
  const start = raw.replace(/^\s+/, '');
  const end = start.indexOf('\n');
  const line = (end < 0 ? start : start.slice(0, end)).trimEnd();
  if (line.length > 400 || !/[)）>]$/.test(line)) return null;
  const found = BEFORE_WORDS.exec(line);
  if (found !== null) {
    const [, mark, name, words] = found as unknown as [string, string, string, string];
    if (mark !== '' || isWord(words) || (PHONE_NAME.test(name) && context.beside.has(name)))
      return { text: end < 0 ? '' : trimmed(start.slice(end)), attachments: [named(name, context)] };
  }
  const tag = BEFORE_TAG.exec(line);
  if (tag !== null && (tag[1] !== '' || tag[3] !== '' || isWord(tag[4]!)))
    return { text: end < 0 ? '' : trimmed(start.slice(end)), attachments: [named(tag[2]!, context)] };
  return null;
};

/** `POLL:`, the question, `OPTION: x (2 votes)`: by its shape, in any language. */
const OPTION =
  /^\u200e?[^\n:]{2,30}?\s?: ?(.*) [(（]\u200e?[^()（）\d]{0,30}?(\d{1,7})\s?[^()（）\d]{0,30}[)）]\u200e?$/;

const pollOf = (text: string): { readonly question: string; readonly options: readonly PollOption[] } | null => {
  const lines = text.split('\n');
  if (lines.length < 3 || !/^\u200e?[^\n:]{2,30}\s?:\s*$/.test(lines[0]!)) return null;
  const options: PollOption[] = [];
  while (lines.length > 2) {
    const found = OPTION.exec(lines.at(-1)!.trimEnd());
    if (found === null) break;
    lines.pop();
    options.unshift({ text: trimmed(found[1]!), votes: Number(found[2]) });
  }
  return options.length === 0 ? null : { question: trimmed(lines.slice(1).join('\n')), options };
};

const MAP_LINK =
  /https?:\/\/(?:maps\.google\.[a-z.]{2,6}\/(?:maps)?\?q=|maps\.apple\.com\/\?|foursquare\.com\/v\/|(?:www\.)?google\.[a-z.]{2,6}\/maps|maps\.app\.goo\.gl\/|goo\.gl\/maps\/)/;

/** A link to a map with a word and a colon before it, or nothing: what the program writes for a place that is shared. */
const isPlace = (line: string): boolean => {
  if (line.length > 1_000) return false;
  const bare = trimmed(line);
  const at = bare.includes('http') ? bare.search(MAP_LINK) : -1;
  if (at === 0) return /^https?:\/\/maps\.google\.[a-z.]+\/\?q=-?\d[\d.]*,-?\d[\d.]*$/.test(bare);
  if (at > 0) {
    const before = bare.slice(0, at);
    return /^[^\n:]{2,30}\s?: ?\u200e?$/.test(before) || PLACES.some((word) => plainOf(before).startsWith(`${word}:`));
  }
  return bare.length <= 60 && mayBeOfProgram(bare) && PLACE_PHRASES.has(plainOf(bare));
};
