// What a vote on a stretch came to: how many were voted on, stayed as they were, had not been looked at. It goes when that is taken back, or
// with the next vote.
import type { ReactNode } from 'react';
import type { Done } from '../../parts/use-voting.js';
import { t } from '../../text/index.js';
import styles from './review.module.css';
import type { Undo } from './use-undo.js';

export const VotedOnStretch = ({ done, undo }: { done: Done | undefined; undo: Undo }): ReactNode => (
  <p className={styles['came-to']} role="status">
    {done?.stretch !== undefined && undo.undone === undefined && t.verdicts.stretch(done.stretch)}
  </p>
);
