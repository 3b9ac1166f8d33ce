// What chats, their exports and their people are called.
import { EXPORTER } from '@redthread/core/chats';
import type { Chat, ChatPair, ChatParticipant } from '@redthread/core/contract';
import { exactDuration, exhibitName } from '../../text/format.js';
import { t } from '../../text/index.js';

export const subjectOf = ({ subject }: Pick<Chat, 'subject'>): string => subject ?? t.chats.noSubject;

/** Which export of a group it is: by the exhibit that it lay in. */
export const exportOf = (chat: Pick<Chat, 'case' | 'exhibit'>): string =>
  exhibitName(chat.case.reference, chat.exhibit.reference);

/** An export does not always say the name of whose phone wrote it. */
export const nameInWords = (name: string): string => (name === EXPORTER ? t.chats.groupPage.whosePhone : name);

export const personOf = (people: readonly ChatParticipant[], number: number | null): ChatParticipant | undefined =>
  number === null ? undefined : people.find((one) => one.number === number);

/** How the clock of another export stands to this one. */
export const clockInWords = ({ offsetSeconds }: Pick<ChatPair, 'offsetSeconds'>): string => {
  if (offsetSeconds === null) return t.chats.groupPage.untold;
  const time = exactDuration(Math.abs(offsetSeconds));
  if (Math.round(offsetSeconds) === 0) return t.chats.groupPage.same;
  return offsetSeconds > 0 ? t.chats.groupPage.ahead(time) : t.chats.groupPage.behind(time);
};

export const spreadInWords = ({ spreadSeconds }: Pick<ChatPair, 'spreadSeconds'>): string =>
  spreadSeconds === null
    ? ''
    : Math.round(spreadSeconds) === 0
      ? t.chats.groupPage.exact
      : t.chats.groupPage.spread(exactDuration(spreadSeconds));
