// The messages of a chat, however many: those in sight are read and drawn. J and K go from one to the next, Enter opens the file of the chosen one.
import type { ChatDetail } from '@redthread/core/contract';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useKeys } from '../../app/keys.js';
import { usePlace, type Crumb } from '../../app/place.js';
import { useWithheld } from '../../care/use-withheld.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import { ConversationBar } from './conversation-bar.js';
import styles from './conversation.module.css';
import { MessageRow } from './message-row.js';
import { subjectOf } from './names.js';
import { useLongList } from './use-long-list.js';
import { useMessages } from './use-messages.js';

const words = t.chats.view;
/** What a message is taken to be high until it has been drawn, px. */
const ROW_PX = 44;

/** Where each chat was read last, and which message was chosen then: Back leads there. */
const places = new Map<string, { readonly at: number | undefined; readonly row: number }>();

const beginOf = (chatId: string, at: number | undefined): number => {
  const kept = places.get(chatId);
  return kept !== undefined && kept.at === at ? kept.row : (at ?? 0);
};

interface ConversationProps {
  readonly detail: ChatDetail;
  readonly at: number | undefined;
  readonly trail: readonly Crumb[];
}

export const Conversation = ({ detail, at, trail }: ConversationProps): ReactNode => {
  const { id, messages: total } = detail;
  const navigate = useNavigate();
  const chosen = at === undefined || at >= total ? undefined : at;
  const [begin] = useState(() => beginOf(id, at));
  const { scroller, block, drawn, show } = useLongList(total, ROW_PX, begin);
  const { from } = drawn;
  const messages = useMessages(id, total, drawn.first, drawn.last);
  const withheld = useWithheld();
  const others = useMemo(() => detail.pairs.map(({ chat }) => chat), [detail.pairs]);
  const choose = useCallback(
    (position: number): void =>
      void navigate({
        to: '/chats/$chatId',
        params: { chatId: id },
        search: { at: position },
        replace: true,
        resetScroll: false,
      }),
    [navigate, id],
  );
  const move = (by: number): void => {
    const next = chosen === undefined ? from : Math.min(total - 1, Math.max(0, chosen + by));
    choose(next);
  };
  const openFile = (): void => {
    const found =
      chosen === undefined ? undefined : messages.at(chosen)?.attachments.find((one) => one.mediaId !== null);
    if (typeof found?.mediaId === 'string')
      void navigate({ to: '/media/$mediaId', params: { mediaId: found.mediaId } });
  };
  useKeys(t.chats.title, [
    { action: 'next', run: () => move(1) },
    { action: 'previous', run: () => move(-1) },
    { action: 'open', words: t.chats.files.open, run: openFile },
    { keys: ['Home'], words: words.toStart, run: () => show(0) },
    { keys: ['End'], words: words.toEnd, run: () => show(total - 1) },
  ]);
  usePlace(trail, chosen === undefined ? '' : words.position(chosen + 1, total));

  // What an address names comes into sight, also when it is another one of the same chat.
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && chosen !== undefined) show(chosen);
    isFirst.current = false;
  }, [chosen, show]);
  useEffect(() => {
    if (drawn.last >= 0) places.set(id, { at, row: from });
  }, [id, at, from, drawn.last]);

  const rows = Array.from({ length: Math.max(0, drawn.last - drawn.first + 1) }, (_, i) => drawn.first + i);
  return (
    <div className={styles['conversation']}>
      <ConversationBar detail={detail} first={messages.at(from)} onGo={(row) => (choose(row), show(row))} />
      {messages.error !== null && <ProblemNotice error={messages.error} />}
      <div
        ref={scroller}
        className={styles['scroller']}
        tabIndex={0}
        role="feed"
        aria-label={words.label(subjectOf(detail))}
      >
        <div className={styles['canvas']} style={{ height: drawn.canvas }}>
          <div ref={block} className={styles['block']} style={{ transform: `translateY(${drawn.y}px)` }}>
            {rows.map((row) => {
              const message = messages.at(row);
              return (
                <article
                  key={row}
                  data-row={row}
                  aria-posinset={row + 1}
                  aria-setsize={total}
                  aria-current={row === chosen ? true : undefined}
                  style={message === undefined ? { height: ROW_PX } : undefined}
                >
                  {message !== undefined && (
                    <MessageRow
                      message={message}
                      before={row === 0 ? null : messages.at(row - 1)}
                      detail={detail}
                      others={others}
                      chosen={row === chosen}
                      withheld={withheld}
                      onChoose={choose}
                    />
                  )}
                </article>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
};
