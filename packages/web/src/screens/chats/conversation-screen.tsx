// One conversation of one export: its messages, and at the side what it is, who is in it and how other exports of the group stand to it.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chatQuery } from '../../api/chat-queries.js';
import { Async } from '../../parts/async.js';
import { Beside } from './beside.js';
import { Conversation } from './conversation.js';
import styles from './conversation.module.css';
import { useChatTrail } from './use-chat-trail.js';

const route = getRouteApi('/shell/chats/$chatId');

export const ConversationScreen = (): ReactNode => {
  const { chatId } = route.useParams();
  const { at } = route.useSearch();
  const query = useQuery(chatQuery(chatId));
  const trail = useChatTrail(query.data);
  return (
    <Async query={query}>
      {(detail) => (
        <div className={styles['page']}>
          <Conversation key={detail.id} detail={detail} at={at} trail={trail} />
          <Beside detail={detail} />
        </div>
      )}
    </Async>
  );
};
