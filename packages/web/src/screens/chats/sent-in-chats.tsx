// The way of a media through chats: a lane for each group in the order of one clock, or, where no clock is common, each by itself and said so; beside it the
// same as a list, with who was in the group then; and below what lies on devices outside of any message.
import type { Posting, Propagation } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { postingsQuery } from '../../api/chat-queries.js';
import { MiddleCut } from '../../form/copyable.js';
import { GradeBadge } from '../../form/grade.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { exhibitName } from '../../text/format.js';
import { t } from '../../text/index.js';
import { exportOf, nameInWords, subjectOf } from './names.js';
import { PostingPicture } from './posting-picture.js';
import styles from './sent.module.css';
import { timeInWords } from './wall-clock.js';

const words = t.chats.sent;

const Members = ({ members }: Pick<Posting, 'members'>): ReactNode =>
  members.length === 0 ? (
    <span className="muted">{words.noMembers}</span>
  ) : (
    <details>
      <summary>{words.members(members.length)}</summary>
      <ul className={styles['members']}>
        {members.map(({ name, phone }, i) => (
          <li key={i}>
            <bdi>{nameInWords(name)}</bdi>
            {phone !== null && phone !== name && <span className="muted"> {phone}</span>}
          </li>
        ))}
      </ul>
    </details>
  );

/** What nobody else was certainly before: the first that is known where it is the only one, otherwise one that may have been. */
const standingOf = ({ after, reposted }: Posting, hasFirst: boolean): readonly string[] => [
  ...(after > 0 ? [] : [hasFirst ? words.firstKnown : words.perhapsFirst]),
  ...(reposted ? [words.sentOn] : []),
];

interface OneProps {
  readonly posting: Posting;
  readonly hasFirst: boolean;
  readonly mediaId: string;
}

const One = ({ posting, hasFirst, mediaId }: OneProps): ReactNode => (
  <li data-posting={posting.hit}>
    <p className={styles['head']}>
      <Link
        to="/chats/$chatId"
        params={{ chatId: posting.chat.id }}
        search={{ at: posting.position }}
        className="link"
        dir="auto"
      >
        {subjectOf(posting.chat)}
      </Link>
      <strong>
        <bdi>{nameInWords(posting.author?.name ?? t.chats.system)}</bdi>
      </strong>
      {posting.author !== null && posting.author.phone !== null && posting.author.phone !== posting.author.name && (
        <span className="muted">{posting.author.phone}</span>
      )}
      <span title={t.chats.clockTitle}>{timeInWords(posting.time)}</span>
      {standingOf(posting, hasFirst).map((standing) => (
        <span key={standing} className={styles['first']} data-first={posting.after === 0}>
          {standing}
        </span>
      ))}
    </p>
    <p className={styles['head']}>
      <GradeBadge grade={posting.grade} />
      {posting.mediaId !== mediaId && (
        <Link to="/compare" search={{ a: mediaId, b: posting.mediaId }} className="link">
          {t.media.short(posting.mediaId)}
        </Link>
      )}
      <span data-hit={posting.hit} className={styles['hit']}>
        {t.chats.files[posting.hit]}
      </span>
      {posting.forwarded && <span className="muted">{t.chats.view.forwarded}</span>}
      <span className="muted">{exportOf(posting.chat)}</span>
      {posting.alsoIn.length > 0 && <span className="muted">{words.also(posting.alsoIn.length)}</span>}
    </p>
    <Members members={posting.members} />
  </li>
);

const Saved = ({ saved }: Pick<Propagation, 'saved'>): ReactNode => {
  if (saved.length === 0) return null;
  return (
    <div className={styles['saved']}>
      <h3>{words.saved}</h3>
      <p className="muted">{words.savedMeans}</p>
      <ul>
        {saved.map((one) => (
          <li key={`${one.exhibit.id} ${one.path}`}>
            <Link to="/exhibits/$exhibitId" params={{ exhibitId: one.exhibit.id }} className="link">
              {exhibitName(one.case.reference, one.exhibit.reference)}
            </Link>
            <Link to="/media/$mediaId" params={{ mediaId: one.mediaId }}>
              <MiddleCut text={one.path} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Nothing where no message that the viewer may see carries it: the page of a media has many parts already. */
export const SentInChats = ({ mediaId }: { mediaId: string }): ReactNode => {
  const query = useQuery(postingsQuery(mediaId));
  if (query.data?.items.length === 0) return null;
  return (
    <Section title={words.title} n={query.data?.items.length} id="sent">
      <Async query={query}>
        {(found) => (
          <>
            <p className={styles['note']} data-ordered={found.ordered}>
              {found.ordered ? words.ordered : words.notOrdered}
            </p>
            <div className={styles['sent']}>
              <PostingPicture found={found} />
              <ol className={styles['postings']}>
                {found.items.map((posting) => (
                  <One
                    key={`${posting.chat.id} ${posting.position} ${posting.mediaId}`}
                    posting={posting}
                    hasFirst={found.items.filter(({ after }) => after === 0).length === 1}
                    mediaId={mediaId}
                  />
                ))}
              </ol>
            </div>
            {found.truncated && <p className={styles['note']}>{words.truncated}</p>}
            <Saved saved={found.saved} />
          </>
        )}
      </Async>
    </Section>
  );
};
