// The routes of what is answered about chats, for the stranger test: whoever sees the case.
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

const ON_CASE = ['owner', 'shared'] as const;
const id = (name: keyof Names) => (names: Names) => ({ id: names[name] });
const ofCase = ({ case: one }: Names) => ({ case: one });

export const CHAT_ANSWER_CALLS: readonly RouteCall[] = [
  { route: 'GET /chats/:id/shared', params: id('chat'), known: ON_CASE },
  { route: 'POST /chats/:id/keep', params: id('chat'), body: () => ({}), known: ON_CASE },
  { route: 'GET /media/:id/postings', params: id('media'), known: ON_CASE },
  { route: 'GET /chat-people', query: ofCase, known: ON_CASE },
  { route: 'GET /chat-countries', query: ofCase, known: ON_CASE },
  { route: 'POST /exports/chats', body: (names) => ({ ...ofCase(names), country: 'DE' }), known: ON_CASE },
  { route: 'POST /exports/chats/preview', body: (names) => ({ ...ofCase(names), country: 'DE' }), known: ON_CASE },
];
