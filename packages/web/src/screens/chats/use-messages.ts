// The messages of a chat as far as they are in sight: windows of it by position, read as they come near and let go of when they are far.
import type { ChatMessage, ChatMessages } from '@redthread/core/contract';
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CHAT_WINDOW, chatWindowQuery } from '../../api/chat-queries.js';
import { windowsOf } from '../../layout/windows.js';

/** Beyond the edge of what is in sight, messages that are read already. */
const AHEAD = 30;

export interface Messages {
  /** Undefined while it is read. */
  readonly at: (position: number) => ChatMessage | undefined;
  readonly error: unknown;
}

const combine = (results: UseQueryResult<ChatMessages>[]) => ({
  windows: results.map(({ data }) => data),
  error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
});

export const useMessages = (chatId: string, total: number, from: number, to: number): Messages => {
  const numbers = windowsOf({ from: from - AHEAD, to: to + AHEAD }, total, CHAT_WINDOW);
  const { windows, error } = useQueries({ queries: numbers.map((one) => chatWindowQuery(chatId, one)), combine });
  return useMemo(() => {
    const messages = new Map(windows.flatMap((one) => one?.items ?? []).map((one) => [one.position, one]));
    return { at: (position) => messages.get(position), error };
  }, [windows, error]);
};

/** One of any chat, by the window that it lies in. */
export const useMessage = (chatId: string, position: number): ChatMessage | undefined =>
  useQuery(chatWindowQuery(chatId, Math.floor(position / CHAT_WINDOW))).data?.items.find(
    (one) => one.position === position,
  );
