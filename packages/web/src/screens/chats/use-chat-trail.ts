// Where a chat is: its operation, case and exhibit, the chats of that exhibit, and its subject.
import type { Chat } from '@redthread/core/contract';
import type { Crumb } from '../../app/place.js';
import { useScopeTrail } from '../../app/use-scope.js';
import { t } from '../../text/index.js';
import { subjectOf } from './names.js';

/** `more`: a page below its messages. */
export const useChatTrail = (chat: Chat | undefined, more?: string): readonly Crumb[] => {
  const scope = useScopeTrail(chat === undefined ? {} : { exhibit: chat.exhibit.id });
  if (chat === undefined) return [{ words: t.chats.title }];
  const own = { words: subjectOf(chat), ...(more === undefined ? {} : { href: `/chats/${chat.id}` }) };
  return [
    ...scope,
    { words: t.chats.title, href: `/chats?exhibit=${chat.exhibit.id}` },
    own,
    ...(more === undefined ? [] : [{ words: more }]),
  ];
};
