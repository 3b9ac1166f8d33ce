// A message of a phone report. Its labels say what became of it; a forwarded one may carry what it forwards inside of it, and an answer the message
// that it answers.
import type { ChatEvent, ChatEventType, MessageItem, MessageKind } from '@redthread/core/chats';
import { attachmentsOf } from './attachment.js';
import { stateOf } from './file.js';
import type { FileIndex } from './file-index.js';
import { said, within, type Model } from './model.js';
import { isSystem, partyOf } from './person.js';
import { messageTime } from './said-time.js';

/** How the report names what a notice says, without its first words: `GroupParticipantLeft`. */
const ACTIONS: readonly (readonly [RegExp, ChatEventType])[] = [
  [/encrypt/i, 'encryption-notice'],
  [/created/i, 'group-created'],
  [/(?:participant|member|user)s?added|added/i, 'member-added'],
  [/joined/i, 'member-joined-by-link'],
  [/left/i, 'member-left'],
  [/removed|kicked/i, 'member-removed'],
  [/(?:subject|title|groupname|name)(?:was)?changed?/i, 'subject-changed'],
  [/description/i, 'description-changed'],
  [/icon|photo|picture/i, 'icon-changed'],
  [/number/i, 'number-changed'],
  [/admin/i, 'admin-changed'],
  [/pinned/i, 'pinned'],
  [/call/i, 'call'],
  [/setting|ephemeral|disappearing|permission/i, 'setting-changed'],
];

const eventType = (action: string): ChatEventType => {
  const plain = action.replace(/[^a-z]/gi, '');
  return ACTIONS.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other';
};

/** `known`: the names in the chat. Who left is said in words alone by some reports: their name counts where one alone stands in them. */
const eventOf = (activity: Model | undefined, text: string, known: ReadonlySet<string>): ChatEvent => {
  const action = said(activity, 'Action');
  const type = action === null ? 'other' : eventType(action);
  const actor = partyOf(within(activity, 'Actor', 'From', 'Initiator')[0])?.name ?? null;
  const named = within(activity, 'Participant', 'Participants', 'Targets', 'To').flatMap(
    (party) => partyOf(party)?.name ?? [],
  );
  const inWords = named.length > 0 || known.size > 2_000 ? [] : [...known].filter((name) => hasWord(text, name));
  const targets = named.length > 0 ? named : inWords.length === 1 ? inWords : [];
  // Whoever leaves, or comes by a link, does it themselves.
  const isOwnAct = type === 'member-left' || type === 'member-joined-by-link';
  return {
    type,
    actor: actor ?? (isOwnAct ? (targets[0] ?? null) : null),
    targets: isOwnAct ? [] : targets,
    subject: type === 'subject-changed' || type === 'group-created' ? said(activity, 'NewName') : null,
  };
};

const hasWord = (text: string, name: string): boolean => {
  const at = text.indexOf(name);
  const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
  return at >= 0 && !isLetter(text[at - 1]) && !isLetter(text[at + name.length]);
};

const labelsOf = (message: Model): ReadonlySet<string> =>
  new Set(
    [
      ...(message.fields.get('Labels') ?? []),
      said(message, 'Label') ?? '',
      ...within(message, 'MessageExtraData').flatMap(({ type, fields }) => [
        ...(fields.get('Label') ?? []),
        type === 'ForwardedMessageData' ? 'forwarded' : type === 'ReplyMessageData' ? 'reply' : '',
      ]),
    ].map((label) => label.trim().toLowerCase()),
  );

/** Under which ids an answer names this one. */
export const idsOf = (message: Model): string[] =>
  [said(message, 'Identifier'), message.id, message.attributes['pa_id']].flatMap((id) =>
    id === null || id === undefined || id.length > 200 ? [] : id,
  );

/** The ids of the message that this one answers, the likeliest first. */
const answered = (message: Model): string[] => {
  const extra = within(message, 'MessageExtraData');
  const quotes = extra.filter(({ type }) => type === 'QuotedMessageData' || type === 'ReplyMessageData');
  return [
    ...quotes.flatMap((quote) => [said(quote, 'OriginalMessageID'), said(quote, 'ReferenceId')]),
    ...quotes.flatMap((quote) => within(quote, 'InstantMessage').flatMap(idsOf)),
    ...within(message, 'EmbeddedInstantMessage').flatMap(idsOf),
  ].flatMap((id) => id ?? []);
};

const placeOf = (message: Model): string | null => {
  const [position] = within(message, 'Position');
  const [latitude, longitude] = [said(position, 'Latitude'), said(position, 'Longitude')];
  return latitude === null || longitude === null ? null : `${latitude.trim()}, ${longitude.trim()}`;
};

const contactsOf = (message: Model): string | null => {
  const contacts = within(message, 'SharedContacts').map((contact) =>
    [said(contact, 'Name'), ...within(contact, 'Entries').map((entry) => said(entry, 'Value'))]
      .filter((value) => value !== null)
      .join(' '),
  );
  return contacts.length === 0 ? null : contacts.join('\n');
};

export interface MessageSetting {
  readonly conversation: number;
  readonly position: number;
  readonly files: FileIndex;
  readonly names: ReadonlySet<string>;
  /** The participant that a party is. */
  readonly participant: (party: Model | undefined) => number | null;
  /** The position of an earlier message with one of these ids. */
  readonly earlier: (ids: readonly string[]) => number | null;
}

export const messageItem = (message: Model, setting: MessageSetting): MessageItem => {
  const labels = labelsOf(message);
  const [from] = within(message, 'From');
  const [activity] = within(message, 'ActivityLog');
  const type = said(message, 'Type') ?? '';
  const system =
    /^system/i.test(type) ||
    labels.has('system') ||
    isSystem(from) ||
    (activity !== undefined && partyOf(from) === null);
  const isForwarded = labels.has('forwarded');
  const [embedded] = isForwarded ? within(message, 'EmbeddedInstantMessage') : [];
  const own = attachmentsOf(message, setting.files);
  const attachments = own.length > 0 || embedded === undefined ? own : attachmentsOf(embedded, setting.files);
  const [place, contacts] = [placeOf(message), contactsOf(message)];
  const words = said(message, 'Body') ?? (embedded === undefined ? null : said(embedded, 'Body'));
  const text = words ?? (system ? said(activity, 'SystemMessageBody') : null) ?? place ?? contacts ?? '';
  const recovered = stateOf(message.attributes['deleted_state']) === 'deleted';
  const isGone =
    labels.has('deleted') || labels.has('revoked') || (recovered && text === '' && attachments.length === 0);
  const kind: MessageKind = system
    ? 'system'
    : isGone && text === '' && attachments.length === 0
      ? 'deleted'
      : attachments.length > 0
        ? attachments.every(({ state }) => state === 'omitted')
          ? 'omitted'
          : 'attachment'
        : place !== null
          ? 'location'
          : contacts !== null
            ? 'contact'
            : /call/i.test(type)
              ? 'call'
              : text === ''
                ? 'empty'
                : 'text';
  return {
    item: 'message',
    conversation: setting.conversation,
    position: setting.position,
    time: messageTime(said(message, 'TimeStamp')),
    kind,
    author: system ? null : setting.participant(from),
    text,
    edited: labels.has('edited'),
    forwarded: isForwarded,
    recovered,
    event: system ? eventOf(activity, text, setting.names) : null,
    attachments,
    answers: isForwarded && !labels.has('reply') ? null : setting.earlier(answered(message)),
    sourceId: said(message, 'Identifier') ?? message.id,
  };
};
