// Chats as lines of the terminal. What people wrote is shown with its control characters spelled out: it never moves the cursor.
import type {
  Chat,
  ChatDetail,
  ChatPair,
  ChatExport,
  ChatMembership,
  ChatMessage,
  ChatParticipant,
  LeadRow,
  MessageHit,
} from '@redthread/core/contract';
import { visible } from '../../app/cli/io.js';
import { bold, cut, table, thousands } from '../../app/cli/table.js';

const NAMELESS = '(no name)';
const clock = (local: string | null): string => (local === null ? '' : local.replace('T', ' '));
const ofExhibit = ({ case: { reference }, exhibit }: Pick<Chat, 'case' | 'exhibit'>): string =>
  `${reference}/${exhibit.reference}`;

const STATES: Readonly<Record<ChatExport['state'], string>> = {
  waiting: 'waits',
  read: 'read',
  'asks-date-order': 'day or month first?',
  failed: 'failed',
};

export const exportLines = (exports: readonly ChatExport[]): string[] =>
  table(
    [
      { title: 'state' },
      { title: 'format' },
      { title: 'chats', align: 'right' },
      { title: 'messages', align: 'right' },
      { title: 'exhibit' },
      { title: 'path' },
      { title: 'export' },
    ],
    exports.map((one) => [
      one.error === null ? STATES[one.state] : `${STATES[one.state]}: ${one.error.code}`,
      one.format,
      thousands(one.conversations),
      thousands(one.messages),
      ofExhibit(one),
      cut(one.path, 50),
      one.id,
    ]),
  );

export const chatLines = (chats: readonly Chat[]): string[] =>
  table(
    [
      { title: 'last' },
      { title: 'name' },
      { title: 'people', align: 'right' },
      { title: 'messages', align: 'right' },
      { title: 'files', align: 'right' },
      { title: 'exports', align: 'right' },
      { title: 'exhibit' },
      { title: 'chat' },
    ],
    chats.map((chat) => [
      clock(chat.last),
      cut(chat.subject ?? NAMELESS, 40),
      thousands(chat.participants),
      thousands(chat.messages),
      `${chat.attachments.present} of ${chat.attachments.all}`,
      String(chat.alsoIn + 1),
      ofExhibit(chat),
      chat.id,
    ]),
  );

const spanText = ({ spans }: ChatMembership): string =>
  spans
    .map(
      ({ from, to, fromBy, toBy }) =>
        `${from === null ? '…' : clock(from)} – ${to === null ? '…' : clock(to)} (${[fromBy, toBy].filter((by) => by !== null).join(', ')})`,
    )
    .join('; ');

const clockOf = ({ offsetSeconds, spreadSeconds }: ChatPair): string =>
  offsetSeconds === null
    ? 'its clock not told'
    : `its clock ${offsetSeconds >= 0 ? 'ahead' : 'behind'} by ${Math.abs(offsetSeconds)} s (within ${spreadSeconds ?? 0} s)`;

export const detailLines = (chat: ChatDetail): string[] => [
  `${visible(chat.subject ?? NAMELESS)}  ${chat.app}, ${chat.kind}, ${ofExhibit(chat)} of ${chat.agency.name}`,
  `${thousands(chat.messages)} messages of ${thousands(chat.participants)} people, ${clock(chat.first)} – ${clock(chat.last)} by the clock of its phone; ${chat.attachments.present} of ${chat.attachments.all} files are there`,
  `from ${visible(chat.export.path)}  ${chat.export.format}, ${STATES[chat.export.state]}`,
  ...chat.subjects.slice(1).map(({ subject, from }) => `named ${visible(subject)} ${clock(from)}`),
  ...chat.pairs.map(
    (pair) =>
      `also in ${ofExhibit(pair.chat)} of ${pair.chat.agency.name}: ${thousands(pair.aligned)} of ${thousands(pair.overlap)} messages, ${clockOf(pair)}  ${pair.chat.id}`,
  ),
  '',
  ...table(
    [{ title: 'messages', align: 'right' }, { title: 'name' }, { title: 'number' }, { title: 'in the group' }],
    chat.membership.map((one) => {
      const person = chat.people.find(({ number }) => number === one.participant);
      return [thousands(person?.messages ?? 0), one.name, one.phone ?? '', spanText(one)];
    }),
  ),
];

const fileText = ({ name, state, basis, mediaId }: ChatMessage['attachments'][number]): string =>
  `[${name ?? 'a file'}: ${state === 'present' ? `${basis} ${mediaId}` : state}]`;

export const messageLines = (messages: readonly ChatMessage[], people: readonly ChatParticipant[]): string[] => {
  const names = new Map(people.map(({ number, name }) => [number, name]));
  return messages.map((message) => {
    const who = message.author === null ? '*' : (names.get(message.author) ?? '');
    const marks = [
      message.kind === 'text' || message.kind === 'attachment' || message.kind === 'system' ? '' : message.kind,
      message.edited ? 'edited' : '',
      message.forwarded ? 'forwarded' : '',
      message.recovered ? 'recovered' : '',
    ].filter((mark) => mark !== '');
    const said = [
      ...(marks.length === 0 ? [] : [`(${marks.join(', ')})`]),
      ...(message.text === '' ? [] : [message.text]),
      ...message.attachments.map(fileText),
    ];
    return visible(`${message.position}  ${clock(message.time.local) || message.time.text}  ${who}: ${said.join(' ')}`);
  });
};

export const hitLines = (hits: readonly MessageHit[], colour: boolean): string[] =>
  hits.flatMap(({ author, chat, excerpt, marks, position, time }) => [
    visible(
      `${clock(time.local) || time.text}  ${author ?? '*'} in ${chat.subject ?? NAMELESS}  ${ofExhibit(chat)}  ${chat.id} ${position}`,
    ),
    `    ${marked(excerpt, marks, colour)}`,
  ]);

const marked = (text: string, marks: MessageHit['marks'], colour: boolean): string => {
  const mark = (words: string): string => (colour ? bold(words, true) : `»${words}«`);
  let [line, at] = ['', 0];
  for (const { start, end } of marks) {
    line += `${visible(text.slice(at, start))}${mark(visible(text.slice(start, end)))}`;
    at = end;
  }
  return line + visible(text.slice(at));
};

export const leadLines = (leads: readonly LeadRow[]): string[] =>
  table(
    [
      { title: 'chats', align: 'right' },
      { title: 'messages', align: 'right' },
      { title: 'kind' },
      { title: 'as written' },
      { title: 'in' },
    ],
    leads.map(({ chats, kind, messages, value }) => [
      thousands(chats.length),
      thousands(messages),
      kind,
      value,
      chats
        .slice(0, 3)
        .map(({ subject }) => subject ?? NAMELESS)
        .join(', '),
    ]),
  );
