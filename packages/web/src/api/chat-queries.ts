// What the pages of chats ask the server.
import {
  ChatCountries,
  ChatDetail,
  ChatExportPage,
  ChatMessages,
  ChatPage,
  ChatPersonPage,
  LeadPage,
  MessageHits,
  Propagation,
  SharedChats,
} from '@redthread/core/contract';
import { queryOptions } from '@tanstack/react-query';
import { callJson, type Query } from './client.js';
import { get, pages, PROGRESS_POLL_MS, type ScopeQuery } from './queries.js';

/** Messages that are read at once. */
export const CHAT_WINDOW = 100;
const WINDOW_KEPT_MS = 60_000;

export const chatsQuery = (query: Query) => pages('/chats', ChatPage, { limit: 100, ...query });
export const chatQuery = (id: string) => get(`/chats/${id}`, ChatDetail);
/** Messages never change: an export is read once, or anew as a whole. */
export const chatWindowQuery = (id: string, window: number) =>
  queryOptions({
    queryKey: ['/chats', 'messages', id, window] as const,
    queryFn: ({ signal }) =>
      callJson(`/chats/${id}/messages`, ChatMessages, {
        query: { from: window * CHAT_WINDOW, limit: CHAT_WINDOW },
        signal,
      }),
    gcTime: WINDOW_KEPT_MS,
    staleTime: Infinity,
  });
/** While one waits to be read, it is looked at again. */
export const chatExportsQuery = (scope: ScopeQuery) => {
  const query = pages('/chat-exports', ChatExportPage, { limit: 100, ...scope });
  return {
    ...query,
    refetchInterval: ({ state: { data } }: { state: { data?: { pages: readonly ChatExportPageOf[] } | undefined } }) =>
      data?.pages.some(({ items }) => items.some(({ state }) => state === 'waiting')) === true
        ? PROGRESS_POLL_MS
        : (false as const),
  };
};
type ChatExportPageOf = { readonly items: readonly { readonly state: string }[] };
export const messageHitsQuery = (query: Query) => get('/messages', MessageHits, query);
export const leadsQuery = (query: Query) => pages('/leads', LeadPage, { limit: 100, ...query });
export const chatPeopleQuery = (query: Query) => pages('/chat-people', ChatPersonPage, { limit: 100, ...query });
export const chatCountriesQuery = (scope: ScopeQuery) => get('/chat-countries', ChatCountries, scope);
export const sharedChatsQuery = (id: string) => get(`/chats/${id}/shared`, SharedChats);
export const postingsQuery = (mediaId: string) => get(`/media/${mediaId}/postings`, Propagation);

/** What is read again once somebody said how the dates of an export stand. */
export const CHATS_READ = ['/chat-exports', '/chats', '/messages', '/leads', '/media', '/chat-people'];
