// The end of a session: what the day was, in numbers that are one's own, what still waits to be sent, and the way out.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callVoid } from '../../api/client.js';
import { exposureQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import styles from '../../care/care.module.css';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useOutboxState } from '../../sending/use-outbox.js';
import { t } from '../../text/index.js';

const words = t.care;

export const WindDownScreen = (): ReactNode => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const today = useQuery({ ...exposureQuery, staleTime: 0 }).data?.days.find(
    ({ day }) => day === new Date().toISOString().slice(0, 10),
  );
  const { waiting } = useOutboxState();
  const signOut = useMutation({
    mutationFn: () => callVoid('/session', { method: 'DELETE' }),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      client.clear();
    },
  });
  usePlace([{ words: words.end }]);
  return (
    <div className="page">
      <div className={styles['end']}>
        <p>{today === undefined ? words.nothingToday : words.today(today.media, today.minutes)}</p>
        {waiting > 0 && <p>{words.unsent(waiting)}</p>}
        <p className="muted">{words.advice}</p>
        <p>
          <button
            type="button"
            className="button"
            autoFocus
            disabled={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            {t.account.signOut}
          </button>{' '}
          <Link to="/care" className="link">
            {words.ledger}
          </Link>
        </p>
        {signOut.error !== null && <ProblemNotice error={signOut.error} />}
      </div>
    </div>
  );
};
