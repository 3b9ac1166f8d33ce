// The codes of the scheme as buttons, each with its key; what a vote met, below them.
import type { Verdict } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';
import { ProblemNotice } from './problem-notice.js';
import type { Voting } from './use-voting.js';
import styles from './verdicts.module.css';

const saidOf = (vote: Verdict, kept: number, mediaId: string): string =>
  [
    ...(vote.mediaId === mediaId ? [] : [t.verdicts.before]),
    t.verdicts.cast(vote.code),
    t.verdicts.seenOwn[vote.seen],
    ...(kept > 0 ? [t.verdicts.kept(kept)] : []),
  ].join(' ');

export const VoteButtons = ({ voting, mediaId }: { voting: Voting; mediaId: string }): ReactNode => {
  const { keys, cast, error, done } = voting;
  if (keys.length === 0) return null;
  const last = done?.votes?.votes[0];
  return (
    <>
      <div className={styles['codes']} role="group" aria-label={t.verdicts.one}>
        {keys.map((key) => (
          <button key={key.code} type="button" className="button" onClick={() => cast(key)}>
            <span className="kbd">{key.key.toUpperCase()}</span> {key.title}
          </button>
        ))}
      </div>
      <p className="muted" role="status">
        {last !== undefined && saidOf(last, done?.votes?.kept.length ?? 0, mediaId)}
      </p>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
};
