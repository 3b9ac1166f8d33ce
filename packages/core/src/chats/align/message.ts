// What aligning needs of a message, and by what two of them can be told to be the same.
import type { AttachmentMedia, ChatEvent, MessageKind } from '../conversation.js';
import { comparableText, textKey } from '../text-key.js';

export interface AlignAttachment {
  readonly name: string | null;
  readonly media: AttachmentMedia;
  /** Lower-case hex: of its file where that is there, or as the source says. */
  readonly sha256: string | null;
}

export interface AlignMessage {
  readonly position: number;
  /** The wall clock in seconds, as `wallSeconds` gives it; null where it is not known. */
  readonly timeS: number | null;
  /** 60 where the export tells minutes only: then the time is the beginning of the minute. */
  readonly precisionS: number;
  readonly kind: MessageKind;
  /** As the phone names them; null for the system. */
  readonly author: string | null;
  readonly text: string;
  readonly edited: boolean;
  readonly event: ChatEvent | null;
  readonly attachments: readonly AlignAttachment[];
}

export interface AlignConversation {
  /** All names that the group had, in this export. */
  readonly subjects: readonly string[];
  /** In the order of their positions. */
  readonly messages: readonly AlignMessage[];
}

/** Seconds of a wall clock (`2025-03-14T16:05` or with seconds), counted as if it stood in UTC. */
export const wallSeconds = (local: string): number =>
  Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`) / 1000;

/** Names that a phone gives by itself say nothing of the file: `IMG-20250314-WA0003.jpg`, `00000005-PHOTO-2025-03-14-16-05-30.jpg`. */
const GIVEN = /^(?:[a-z]{3,7}-\d{8}-wa\d+|(?:\d{8}-)?[a-z]{3,7}-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)\b/iu;
const COUNTED = /^\d{8}-/u;

/** What an attachment is called by whoever made it; null where a phone named it. */
const ownName = (name: string | null): string | null => {
  if (name === null || GIVEN.test(name)) return null;
  const own = comparableText(name.replace(COUNTED, ''));
  return own === '' ? null : own;
};

/** What a message has that another one could share, the most telling first. */
export const keysOf = (message: AlignMessage): string[] => {
  const keys: string[] = [];
  for (const { sha256, name } of message.attachments) {
    if (sha256 !== null) keys.push(`d:${sha256}`);
    const own = ownName(name);
    if (own !== null) keys.push(`n:${own}`);
  }
  if (message.event !== null) {
    const { type, subject } = message.event;
    if (subject !== null) keys.push(`e:${type}:${comparableText(subject)}`);
  } else if (SAID.has(message.kind)) {
    const key = textKey(message.text);
    if (key !== null) keys.push(`t:${key}`);
  }
  return keys;
};

/** Kinds whose text is a person's: that of the others is the program's, in the language of the phone. */
const SAID: ReadonlySet<MessageKind> = new Set(['text', 'attachment', 'omitted', 'location', 'poll']);

/** Whether two messages can be the same though no key says so. */
export const kindsAgree = (a: AlignMessage, b: AlignMessage): boolean => {
  if (a.event !== null || b.event !== null)
    return a.event !== null && b.event !== null && eventsAgree(a.event, b.event);
  // What one phone saw before it was taken back, or before it was changed.
  if (a.kind === 'deleted' || b.kind === 'deleted') return true;
  if (isMedia(a) && isMedia(b)) return mediaAgree(a, b);
  if (a.kind === 'text' && b.kind === 'text') return a.edited !== b.edited || beginAlike(a.text, b.text);
  return a.kind === b.kind;
};

/** A line that nobody could tell the meaning of may be any. */
const eventsAgree = (a: ChatEvent, b: ChatEvent): boolean =>
  a.type === b.type || a.type === 'other' || b.type === 'other';

/** Changed later, or followed by words of the program that nobody knew: the beginning stayed. */
const beginAlike = (a: string, b: string): boolean => {
  const [one, other] = [comparableText(a), comparableText(b)];
  const [named, alsoNamed] = [one.indexOf('@'), other.indexOf('@')];
  // Whom a message mentions has another name on each phone, whichever marks are left around it.
  if (named > 0 && named === alsoNamed && one.slice(0, named) === other.slice(0, named)) return true;
  const shorter = Math.min(one.length, other.length);
  let same = 0;
  while (same < shorter && one[same] === other[same]) same += 1;
  return same >= LEAST_BEGINNING && same >= shorter / 2;
};
const LEAST_BEGINNING = 10;

const isMedia = ({ kind }: AlignMessage): boolean => kind === 'attachment' || kind === 'omitted';

const mediaAgree = (a: AlignMessage, b: AlignMessage): boolean => {
  const [ofA, ofB] = [a.attachments[0], b.attachments[0]];
  if (ofA === undefined || ofB === undefined) return true;
  if (ofA.sha256 !== null && ofB.sha256 !== null && a.attachments.length === 1) return ofA.sha256 === ofB.sha256;
  return ofA.media === ofB.media || ofA.media === 'unknown' || ofB.media === 'unknown';
};

/** Lines of the system stand in the language of the phone, and each phone has some of its own. */
export const isSystem = ({ kind, author }: AlignMessage): boolean => kind === 'system' || author === null;
