// Chats as people see them: what they see of an exhibit they see of its chats, and of nothing else that there are any.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type {
  Chat,
  ChatDateOrder,
  ChatDetail,
  ChatExport,
  ChatMessages,
  ChatMessagesQuery,
  ChatQuery,
  ChatScopeQuery,
  LeadQuery,
  LeadRow,
  MessageHits,
  MessageSearchQuery,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Page } from '../../app/http/paging.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { messagesFrom } from './messages.js';
import { chatsById } from './named-chats.js';
import { detailOf, exportById, pageOfChats, pageOfExports, pageOfLeads } from './queries.js';
import { searchMessages } from './search.js';

const reading = <T>(store: Store, ctx: Context, read: (trx: Trx) => Promise<T>): Promise<T> =>
  withContext(store.app, ctx, read, { access: 'read only' });

/** Errors: NOT_FOUND for a scope that is not seen. */
export const listChatExports = (store: Store, ctx: Context, query: ChatScopeQuery): Promise<Page<ChatExport>> =>
  reading(store, ctx, (trx) => pageOfExports(trx, query));

const oneExport = async (trx: Trx, id: string, ofAgency?: string): Promise<ChatExport> => {
  const found = await exportById(trx, id);
  if (found === undefined || (ofAgency !== undefined && found.agency.id !== ofAgency))
    throw fail('NOT_FOUND', ofAgency === undefined ? 'no such chat export' : 'no such chat export of your agency');
  return found;
};

/** Errors: NOT_FOUND. */
export const showChatExport = (store: Store, ctx: Context, id: string): Promise<ChatExport> =>
  reading(store, ctx, (trx) => oneExport(trx, id));

/** Has the export read again with its dates in that order. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, also for an export of another agency; CHAT_DATES_KNOWN. */
export const sayDateOrder = (
  store: Store,
  ctx: Context,
  id: string,
  { dateOrder }: ChatDateOrder,
): Promise<ChatExport> => {
  requireRight(ctx, 'say how chats are read');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const found = await oneExport(trx, id, ctx.actor.agencyId);
    if (found.state !== 'asks-date-order' && found.dateOrderBy === null)
      throw fail('CHAT_DATES_KNOWN', `${found.path}: ${found.state}`);
    await sql`select say_chat_date_order(${id}::uuid, ${dateOrder}, ${ctx.actor.login})`.execute(trx);
    await audit(trx, ctx, {
      type: 'chat-date-order',
      object: { kind: 'exhibit', id: found.exhibit.id },
      detail: { export: id, order: dateOrder },
    });
    return oneExport(trx, id);
  });
};

/** Errors: NOT_FOUND for a scope that is not seen. */
export const listChats = (store: Store, ctx: Context, query: ChatQuery): Promise<Page<Chat>> =>
  reading(store, ctx, (trx) => pageOfChats(trx, query));

const oneChat = async (trx: Trx, id: string): Promise<Chat> => {
  const chat = (await chatsById(trx, [id])).get(id);
  if (chat === undefined) throw fail('NOT_FOUND', 'no such chat');
  return chat;
};

/** Errors: NOT_FOUND. */
export const showChat = (store: Store, ctx: Context, id: string): Promise<ChatDetail> =>
  reading(store, ctx, async (trx) => {
    const chat = await oneChat(trx, id);
    return { ...chat, export: await oneExport(trx, chat.exportId), ...(await detailOf(trx, chat)) };
  });

/** The first ones, those from a position on, or the last ones before a position. Errors: NOT_FOUND, REQUEST_INVALID. */
export const readMessages = (
  store: Store,
  ctx: Context,
  id: string,
  { from, before, limit }: ChatMessagesQuery,
): Promise<ChatMessages> => {
  if (from !== undefined && before !== undefined)
    throw fail('REQUEST_INVALID', 'give one of from and before', { pointer: '/before' });
  return reading(store, ctx, async (trx) => {
    const { messages: total } = await oneChat(trx, id);
    const first = before === undefined ? (from ?? 0) : Math.max(0, Math.min(before, total) - limit);
    const length = before === undefined ? limit : Math.min(before, total) - first;
    return { items: await messagesFrom(trx, id, first, length), total };
  });
};

/** What is found and that it was looked for are one transaction. Errors: REQUEST_INVALID, NOT_FOUND for a scope that is not seen. */
export const findMessages = (store: Store, ctx: Context, query: MessageSearchQuery): Promise<MessageHits> =>
  withContext(store.app, ctx, async (trx) => {
    const found = await searchMessages(trx, query);
    await audit(trx, ctx, {
      type: 'search',
      object: null,
      detail: {
        by: 'messages',
        grades: [],
        results: found.items.length,
        queryDigest: createHash('sha256').update(query.q.trim()).digest('hex'),
        lists: null,
      },
    });
    return found;
  });

/** Errors: NOT_FOUND for a scope or a chat that is not seen. */
export const listLeads = (store: Store, ctx: Context, query: LeadQuery): Promise<Page<LeadRow>> =>
  reading(store, ctx, async (trx) => {
    if (query.chat !== undefined) await oneChat(trx, query.chat);
    return pageOfLeads(trx, query);
  });
