// Who was in the group when: a lane for each person, and beside it the same in words, each end a way to the line that says it.
import type { ChatDetail, ChatMembership } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { laneScale, lanesOf, type LaneScale } from '../../layout/membership-lanes.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import styles from './membership.module.css';
import { nameInWords } from './names.js';
import { wallClock } from './wall-clock.js';

const words = t.chats.groupPage;

type Span = ChatMembership['spans'][number];

const fromInWords = ({ from, fromBy }: Span): string =>
  from !== null ? wallClock(from) : fromBy === null ? words.before : words.noTime;
const toInWords = ({ to, toBy }: Span): string =>
  to !== null ? wallClock(to) : toBy === null ? words.still : words.noTime;

interface EndProps {
  readonly chatId: string;
  readonly position: number | null;
  readonly says: string;
  readonly how: string | null;
}

const End = ({ chatId, position, says, how }: EndProps): ReactNode => (
  <span className={styles['end']}>
    {position === null ? (
      says
    ) : (
      <Link to="/chats/$chatId" params={{ chatId }} search={{ at: position }} className="link">
        {says}
      </Link>
    )}
    {how !== null && <span className="muted"> {how}</span>}
  </span>
);

/** Drawn for the eye alone: the words beside it say the same, and lead to the same lines. */
const Lane = ({ member, scale }: { member: ChatMembership; scale: LaneScale }): ReactNode => (
  <div className={styles['lane']} aria-hidden>
    {scale.ticks.map(({ at }) => (
      <span key={at} className={styles['tick']} style={{ left: `${100 * at}%` }} />
    ))}
    {lanesOf(member, scale).map(({ from, to, fromEnd, toEnd, span }, i) => (
      <span
        key={i}
        className={styles['span']}
        data-from={fromEnd}
        data-to={toEnd}
        title={words.span(nameInWords(member.name), fromInWords(span), toInWords(span))}
        style={{ left: `${100 * from}%`, width: `${100 * Math.max(0, to - from)}%` }}
      >
        <span className={styles['bar']} />
      </span>
    ))}
  </div>
);

export const Membership = ({ detail }: { detail: ChatDetail }): ReactNode => {
  const scale = laneScale(detail, detail.membership);
  return (
    <Section title={words.membership} n={detail.membership.length} id="membership">
      {detail.membership.length === 0 ? (
        <p className={styles['note']}>{words.noMembership}</p>
      ) : (
        <>
          <p className={styles['note']}>{words.membershipMeans}</p>
          <div className={styles['members']} role="table" aria-label={words.membership}>
            <div className={styles['head']} role="row">
              <span role="columnheader">{words.saved}</span>
              <span className={styles['axis']} role="columnheader" aria-label={words.chart(detail.membership.length)}>
                {scale.ticks.map(({ at, words: label }) => (
                  <span key={at} style={{ left: `${100 * at}%` }} data-late={at > 0.85}>
                    {label}
                  </span>
                ))}
              </span>
              <span role="columnheader">
                {words.from}, {words.to}
              </span>
            </div>
            {detail.membership.map((member, i) => (
              <div key={i} className={styles['member']} role="row" data-member={member.name}>
                <span className={styles['name']} role="rowheader" title={member.phone ?? undefined}>
                  <bdi>{nameInWords(member.name)}</bdi>
                </span>
                <span role="cell" className={styles['lane-cell']}>
                  <Lane member={member} scale={scale} />
                </span>
                <span role="cell" className={styles['ends']}>
                  {member.spans.map((span, n) => (
                    <Fragment key={n}>
                      <End
                        chatId={detail.id}
                        position={span.fromPosition}
                        says={fromInWords(span)}
                        how={span.fromBy === null ? null : words.fromBy[span.fromBy]}
                      />
                      <End
                        chatId={detail.id}
                        position={span.toPosition}
                        says={toInWords(span)}
                        how={span.toBy === null ? null : words.toBy[span.toBy]}
                      />
                    </Fragment>
                  ))}
                </span>
              </div>
            ))}
          </div>
        </>
      )}
    </Section>
  );
};
