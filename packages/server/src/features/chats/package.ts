// What an officer hands to a country: the people whose numbers have its prefix, their groups, messages and media, each with the exhibit, the path and the message where it
// stands and the query that repeats it. Gone through and put on record before anything leaves; handling codes hold it back as they do any export.
import { createHash, randomUUID } from 'node:crypto';
import type { AuditObject } from '@redthread/core/audit';
import type { ChatPackage, ChatPackageAsk, ChatPackageSummary } from '@redthread/core/contract';
import { phoneCountry } from '@redthread/core/chats';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { csvCell } from '../../formats/csv-cell.js';
import { audit, withContext, withTime, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import {
  handlingOf,
  handlingRules,
  keepDigest,
  receiverNamed,
  requireMayLeave,
  writeInLedger,
} from '../exchange/index.js';
import { requireScope, scopeOf, type Scope } from '../funnel/index.js';
import { membershipsOf } from './members-at.js';
import { readPackageParts, type PackagePart } from './package-queries.js';
import { countryOf, exhibitsIn, type PersonOfChats } from './people.js';
import { peopleIn } from './same-person.js';

interface Prepared {
  readonly content: ChatPackage;
  readonly receiver: Awaited<ReturnType<typeof receiverNamed>> | null;
  readonly object: AuditObject | null;
  readonly caseId: string | null;
  readonly media: readonly string[];
}

type Person = ChatPackage['people'][number];

const API = '/api/v1';

const partOf = (
  { by, of }: PersonOfChats['parts'][number],
  part: PackagePart,
  spans: Person['in'][number]['spans'],
): Person['in'][number] => {
  const { agency, app, case: reference, chatId, exhibit, first, last, media, path } = part;
  return {
    by,
    name: of.name,
    chat: chatId,
    subject: of.subject,
    app,
    agency,
    case: reference,
    exhibit,
    path,
    spans,
    messages: { count: of.messages, query: `${API}/chats/${chatId}` },
    first,
    last,
    media: media.map(({ message, name, sha256: digest, time }) => ({
      message,
      time,
      name,
      sha256: digest,
      query: `${API}/chats/${chatId}/messages?from=${message}&limit=1`,
    })),
  };
};

/** Errors: NOT_FOUND, REQUEST_INVALID, HANDLING_UNKNOWN, EXPORT_HELD_BACK, EXPORT_INCOMPLETE. */
const prepare = async (trx: Trx, ctx: Context, ask: ChatPackageAsk): Promise<Prepared> => {
  const scope = scopeOf(ask);
  const subject = scope === null ? 'all that is seen' : `${scope.kind} ${await requireScope(trx, scope)}`;
  const { all } = await peopleIn(trx, exhibitsIn(scope));
  const people = all.filter((person) => countryOf(person)?.country === ask.country);
  if (people.length === 0)
    throw fail('EXPORT_INCOMPLETE', saying`${subject} has nobody with a number of ${ask.country}`);
  const places = people.flatMap(({ parts }) => parts.map(({ of }) => of));
  const parts = await readPackageParts(trx, places);
  const rules = await handlingRules(trx);
  const receiver = ask.to === undefined ? null : await receiverNamed(trx, ask.to);
  for (const part of parts.values()) {
    if (receiver === null) continue;
    const place = `${part.exhibit}/${part.path}`;
    if (part.agencyId !== ctx.actor.agencyId)
      throw fail('EXPORT_HELD_BACK', saying`${place} is of ${part.agency}, and theirs to give`);
    requireMayLeave(rules, receiver, { caseId: part.caseId, handling: part.handling, place });
  }
  const memberships = await membershipsOf(
    trx,
    places.map(({ chatId }) => chatId),
  );
  const spansOf = (chatId: string, number: number) => [
    ...(memberships.get(chatId)?.find(({ participant }) => participant === number)?.spans ?? []),
  ];
  const told = people.map((person): Person => ({
    phones: [...person.phones],
    prefix: person.phones.map(phoneCountry).find((one) => one?.country === ask.country)?.prefix ?? '',
    names: [...new Set(person.parts.map(({ of }) => of.name))],
    accounts: [...person.accounts],
    in: person.parts.flatMap((part) => {
      const read = parts.get(`${part.of.chatId}:${part.of.number}`);
      return read === undefined ? [] : [partOf(part, read, spansOf(part.of.chatId, part.of.number))];
    }),
  }));
  const sent = [...parts.values()].flatMap(({ media }) => media.flatMap(({ mediaId }) => mediaId ?? []));
  const summary: ChatPackageSummary = {
    country: ask.country,
    subject,
    handling: await handlingOf(trx, rules, new Set([...parts.values()].map(({ handling }) => handling)), ask),
    to: receiver?.name ?? null,
    people: {
      count: told.length,
      query: `${API}/chat-people?country=${ask.country}${scope === null ? '' : `&${scope.kind}=${scope.id}`}`,
    },
    groups: new Set(places.map(({ group }) => group)).size,
    chats: new Set(places.map(({ chatId }) => chatId)).size,
    messages: places.reduce((sum, { messages }) => sum + messages, 0),
    media: new Set(sent).size,
  };
  return {
    content: { version: 1, summary, people: told },
    receiver,
    object: scope === null ? null : { kind: scope.kind, id: scope.id },
    caseId: caseOf(scope, [...parts.values()]),
    media: [...new Set(sent)],
  };
};

const caseOf = (scope: Scope | null, parts: readonly PackagePart[]): string | null => {
  if (scope === null || scope.kind === 'operation') return null;
  return parts[0]?.caseId ?? null;
};

const prepared = (store: Store, ctx: Context, ask: ChatPackageAsk): Promise<Prepared> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await withTime(trx);
      return prepare(trx, ctx, ask);
    },
    { access: 'read only' },
  );

/** What it would hold; nothing leaves. Errors: FORBIDDEN, and those of `prepare`. */
export const previewChatPackage = async (
  store: Store,
  ctx: Context,
  ask: ChatPackageAsk,
): Promise<ChatPackageSummary> => {
  requireRight(ctx, 'export cases');
  return (await prepared(store, ctx, ask)).content.summary;
};

/** Its event, and its line in the ledger where it is for somebody, are committed when this answers. Errors: FORBIDDEN, READ_ONLY, and those of `prepare`. */
export const makeChatPackage = async (
  store: Store,
  given: Context,
  ask: ChatPackageAsk,
): Promise<{ readonly summary: ChatPackageSummary; readonly text: string; readonly contribution: string | null }> => {
  requireRight(given, 'export cases');
  requireWritable(store);
  const ctx = ask.purpose === undefined ? given : { ...given, purpose: ask.purpose };
  const { caseId, content, media, object, receiver } = await prepared(store, ctx, ask);
  const { summary } = content;
  const format = `chats-${ask.format}`;
  const contribution = receiver === null ? null : randomUUID();
  await withContext(store.app, ctx, async (trx) => {
    await audit(trx, ctx, {
      type: 'export',
      object,
      detail: { format, items: summary.people.count, recipient: summary.to },
    });
    if (receiver === null || contribution === null) return;
    const line = {
      format,
      subject: `${summary.country} in chats of ${summary.subject}`,
      handling: summary.handling,
      media: media.length,
    };
    await writeInLedger(trx, ctx, { id: contribution, receiver, summary: line, caseId, media });
  });
  const text = ask.format === 'csv' ? csvOf(content) : `${JSON.stringify(content, null, 2)}\n`;
  if (contribution !== null) await keepDigest(store, ctx, contribution, createHash('sha256').update(text).digest());
  return { summary, text, contribution };
};

const COLUMNS = [
  'row',
  'number',
  'name',
  'by',
  'country',
  'agency',
  'case',
  'exhibit',
  'path',
  'app',
  'group',
  'message',
  'time',
  'messages',
  'file',
  'sha256',
  'query',
] as const;
type Row = Partial<Readonly<Record<(typeof COLUMNS)[number], string | number | null>>>;

/** A row for each person in each export, for each end of their being there, and for each file that they sent. */
const csvOf = ({ people, summary }: ChatPackage): string => {
  const rows = people.flatMap((person) =>
    person.in.flatMap((part): Row[] => {
      const { agency, app, by, case: reference, exhibit, first, media, messages, name, path, spans, subject } = part;
      const [number = ''] = person.phones;
      const place = {
        number,
        name,
        by,
        country: summary.country,
        agency,
        case: reference,
        exhibit,
        path,
        app,
        group: subject,
      };
      const member = {
        ...place,
        message: first?.message ?? null,
        time: first?.time ?? null,
        messages: messages.count,
        query: messages.query,
      };
      const ends = spans.flatMap(({ from, fromBy, fromPosition, to, toBy, toPosition }): Row[] => [
        ...(fromPosition === null ? [] : [{ ...place, row: fromBy ?? 'from', message: fromPosition, time: from }]),
        ...(toPosition === null ? [] : [{ ...place, row: toBy ?? 'to', message: toPosition, time: to }]),
      ]);
      const files = media.map((one): Row => ({
        ...place,
        row: 'sent',
        message: one.message,
        time: one.time,
        file: one.name,
        sha256: one.sha256,
        query: one.query,
      }));
      return [{ ...member, row: 'person' }, ...ends, ...files];
    }),
  );
  const line = (cells: readonly (string | number | null | undefined)[]): string =>
    cells.map((cell) => csvCell(String(cell ?? ''))).join(',');
  return `${[line(COLUMNS), ...rows.map((row) => line(COLUMNS.map((column) => row[column])))].join('\r\n')}\r\n`;
};
