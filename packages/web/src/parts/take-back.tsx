// Takes back something that was said or given, with a reason; it stays on record.
import type { ReactNode } from 'react';
import { callVoid } from '../api/client.js';
import { t } from '../text/index.js';
import { WithReason } from './with-reason.js';

interface TakeBackProps {
  /** Where the reason is sent. */
  readonly path: string;
  readonly touches: readonly string[];
  readonly words?: string;
}

export const TakeBack = ({ path, touches, words = t.common.takeBack }: TakeBackProps): ReactNode => (
  <WithReason
    words={words}
    reason={t.common.whyTakenBack}
    send={(reason) => callVoid(path, { method: 'POST', body: { reason } })}
    touches={touches}
  />
);
