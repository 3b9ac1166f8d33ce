// Answers about chats as lines of a terminal.
import type {
  Chat,
  ChatCountries,
  ChatPackageSummary,
  ChatPerson,
  Posting,
  Propagation,
  SharedChat,
} from '@redthread/core/contract';
import { table, thousands } from '../../app/cli/table.js';

const named = (subject: string | null, id: string): string => subject ?? id;

/** `Stamps (ES-2026-014/1)`. */
const place = ({ case: of, exhibit, id, subject }: Chat): string =>
  `${named(subject, id)} (${of.reference}/${exhibit.reference})`;

/** What only a name says is marked. */
const byWords = (by: string): string => (by === 'name' ? ' (by name only)' : '');
const person = ({ name, phone }: { readonly name: string; readonly phone: string | null }): string =>
  phone === null || phone === name ? name : `${name} ${phone}`;

export const sharedLines = (items: readonly SharedChat[]): string[] =>
  items.flatMap(({ chat, leads, media, members }) => [
    `${place(chat)}: ${members.length} members, ${media.length} media, ${leads.length} leads; chat ${chat.id}`,
    ...members.map((one) => `  member ${person(one)}${byWords(one.by)}`),
    ...media.map(({ grade, mediaId, otherMediaId }) =>
      mediaId === otherMediaId
        ? `  media ${mediaId}, the same file`
        : `  media ${mediaId}, there ${otherMediaId}: ${grade}`,
    ),
    ...leads.map(({ kind, normal }) => `  ${kind} ${normal}`),
  ]);

const HITS: Readonly<Record<Posting['basis'], string>> = {
  'with-message': 'file',
  'other-export': 'reference: its file is in another export',
  digest: 'reference: the message says its digest',
  name: 'reference: a file of that name in the exhibit',
};

export const postingLines = ({ items, ordered, saved, truncated }: Propagation): string[] => [
  ...table(
    [
      { title: 'after', align: 'right' },
      { title: 'time as written' },
      { title: 'author' },
      { title: 'chat' },
      { title: 'message', align: 'right' },
      { title: 'grade' },
      { title: 'hit' },
      { title: 'members', align: 'right' },
      { title: 'sent on' },
      { title: 'media' },
    ],
    items.map((one) => [
      String(one.after),
      one.time.text,
      one.author === null ? '' : person(one.author),
      place(one.chat),
      String(one.position),
      one.grade,
      HITS[one.basis],
      thousands(one.members.length),
      [one.reposted ? 'by another' : '', one.forwarded ? 'forwarded' : ''].filter((word) => word !== '').join(', '),
      one.mediaId,
    ]),
  ),
  ...saved.map(
    ({ case: of, exhibit, mediaId, path }) => `saved: ${of.reference}/${exhibit.reference}/${path}; media ${mediaId}`,
  ),
  ...(ordered
    ? []
    : [
        'The clocks of some of these exports cannot be set against each other: nobody can say which of theirs was first.',
      ]),
  ...(truncated ? ['There are more than these.'] : []),
];

export const peopleLines = (items: readonly ChatPerson[]): string[] =>
  table(
    [
      { title: 'groups', align: 'right' },
      { title: 'name' },
      { title: 'number' },
      { title: 'country' },
      { title: 'account' },
      { title: 'also called' },
      { title: 'in' },
    ],
    items.map(({ account, chats, country, groups, name, names, phone }) => [
      String(groups),
      name,
      phone ?? '',
      country ?? '',
      account ?? '',
      names.filter((other) => other !== name).join(', '),
      chats.map(({ by, id, subject }) => `${named(subject, id)}${byWords(by)}`).join(', '),
    ]),
  );

export const countryLines = ({ items, withoutNumber }: ChatCountries): string[] => [
  ...table(
    [
      { title: 'country' },
      { title: 'prefix' },
      { title: 'people', align: 'right' },
      { title: 'groups', align: 'right' },
      { title: 'chats', align: 'right' },
    ],
    items.map(({ chats, country, groups, people, prefix }) => [
      country ?? '(none)',
      prefix,
      thousands(people),
      thousands(groups),
      thousands(chats),
    ]),
  ),
  `${thousands(withoutNumber)} people without a number`,
];

export const packageLine = ({
  country,
  groups,
  handling,
  media,
  messages,
  people,
  subject,
  to,
}: ChatPackageSummary): string =>
  `${country} in chats of ${subject}: ${thousands(people.count)} people in ${thousands(groups)} groups, ${thousands(messages)} messages, ${thousands(media)} media, ${handling}${to === null ? '' : `, for ${to}`}`;
