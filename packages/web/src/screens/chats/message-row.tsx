// One message: its wall clock, who wrote it, what it says and carries. The chosen one shows what it is in other exports, and lets its files be revealed.
import type { Chat, ChatDetail, ChatMessage, ChatPair, ChatParticipant } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { Withheld } from '../../care/use-withheld.js';
import { zonedInstant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Attachment } from './attachment.js';
import { MessageText } from './message-text.js';
import { clockInWords, exportOf, nameInWords, personOf } from './names.js';
import { useMessage } from './use-messages.js';
import { clockOf, dayOf, timeInWords, weekday } from './wall-clock.js';
import styles from './message.module.css';

const words = t.chats.view;

interface MessageRowProps {
  readonly message: ChatMessage;
  /** The one before it, as far as it has been read; null before the first. */
  readonly before: ChatMessage | null | undefined;
  readonly detail: ChatDetail;
  readonly others: readonly Chat[];
  readonly chosen: boolean;
  readonly withheld: Withheld;
  readonly onChoose: (position: number) => void;
}

/** What became of it, in words: the export says so. */
const standingOf = ({ kind, edited, forwarded, recovered }: ChatMessage): readonly string[] => [
  ...(kind === 'location' || kind === 'poll' || kind === 'contact' || kind === 'call' ? [words.kinds[kind]] : []),
  ...(kind === 'deleted' ? [words.deleted] : []),
  ...(kind === 'empty' ? [words.empty] : []),
  ...(edited ? [words.edited] : []),
  ...(forwarded ? [words.forwarded] : []),
  ...(recovered ? [words.recovered] : []),
];

const Quote = ({
  chatId,
  position,
  people,
}: {
  chatId: string;
  position: number;
  people: readonly ChatParticipant[];
}): ReactNode => {
  const quoted = useMessage(chatId, position);
  const author = nameInWords(personOf(people, quoted?.author ?? null)?.name ?? '');
  return (
    <Link
      to="/chats/$chatId"
      params={{ chatId }}
      search={{ at: position }}
      className={styles['quote']}
      title={words.answersTo(author === '' ? t.chats.system : author)}
    >
      <bdi>
        <strong>{author}</strong>
      </bdi>{' '}
      <bdi>{quoted?.text}</bdi>
    </Link>
  );
};

const Elsewhere = ({
  chatId,
  position,
  pair,
}: {
  chatId: string;
  position: number;
  pair: ChatPair | undefined;
}): ReactNode => {
  const message = useMessage(chatId, position);
  return (
    <li>
      <Link to="/chats/$chatId" params={{ chatId }} search={{ at: position }} className="link">
        {pair === undefined ? words.positionOnly(position + 1) : exportOf(pair.chat)}
      </Link>
      {message !== undefined && <span className="num">{timeInWords(message.time)}</span>}
      {pair !== undefined && <span className="muted">{clockInWords(pair)}</span>}
    </li>
  );
};

const Clock = ({ message }: { message: ChatMessage }): ReactNode => {
  const { time } = message;
  const tip = [
    time.text,
    time.instant === null ? words.clockTip : words.instantTip(zonedInstant(time.instant)),
    words.link,
  ].join('\n');
  return (
    <Link
      to="/chats/$chatId"
      params={{ chatId: message.chatId }}
      search={{ at: message.position }}
      className={styles['clock']}
      title={tip}
      replace
    >
      {clockOf(time.local) ?? time.text}
    </Link>
  );
};

export const MessageRow = memo((props: MessageRowProps): ReactNode => {
  const { message, before, detail, others, chosen, withheld, onChoose } = props;
  const { position, kind, alsoIn } = message;
  const day = dayOf(message.time.local);
  const isNewDay = before === null ? day !== null : before !== undefined && dayOf(before.time.local) !== day;
  const isSystem = kind === 'system';
  const author = personOf(detail.people, message.author);
  const goesOn = !isNewDay && !isSystem && before?.kind !== 'system' && before?.author === message.author;
  const standing = standingOf(message);
  return (
    <>
      {isNewDay && (
        <p className={styles['day']}>
          {day === null ? words.noDay : day}
          {day !== null && <span className="muted">{weekday(day)}</span>}
        </p>
      )}
      <div
        className={styles['message']}
        data-message={position}
        data-kind={kind}
        data-chosen={chosen}
        data-goes-on={goesOn}
        onClick={({ target }) => {
          // A link or a button within does what it says, and nothing else.
          if (!(target instanceof Element && target.closest('a, button') !== null)) onChoose(position);
        }}
      >
        <Clock message={message} />
        <span className={styles['author']} title={author?.phone ?? undefined}>
          {author !== undefined && (
            <bdi className={goesOn ? 'hidden-words' : undefined}>{nameInWords(author.name)}</bdi>
          )}
          {author?.isExporter === true && !goesOn && <span className={styles['phone']}>{words.thisPhone}</span>}
        </span>
        <div className={styles['said']}>
          {message.answers !== null && (
            <Quote chatId={message.chatId} position={message.answers} people={detail.people} />
          )}
          {message.event !== null && <span className={styles['event']}>{words.events[message.event.type]}</span>}
          {message.text !== '' && <MessageText text={message.text} leads={message.leads} />}
          {message.attachments.map((one, i) => (
            <Attachment
              key={i}
              attachment={one}
              chosen={chosen}
              keyed={chosen && i === 0}
              withheld={withheld}
              others={others}
            />
          ))}
          {standing.length > 0 && <p className={styles['standing']}>{standing.join(', ')}</p>}
          {chosen && alsoIn.length > 0 && (
            <div className={styles['elsewhere']}>
              <p className="muted">{words.alsoTitle}</p>
              <ul>
                {alsoIn.map((one) => (
                  <Elsewhere
                    key={`${one.chatId} ${one.position}`}
                    {...one}
                    pair={detail.pairs.find(({ chat }) => chat.id === one.chatId)}
                  />
                ))}
              </ul>
            </div>
          )}
        </div>
      </div>
    </>
  );
});
MessageRow.displayName = 'MessageRow';
