// Where the viewer is signed in, and ending what is not theirs.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callVoid } from '../../api/client.js';
import { sessionsQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../proof/proof.module.css';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.account.proof;

export const Sessions = (): ReactNode => {
  const query = useQuery(sessionsQuery);
  const end = useChange((which: string) => callVoid(`/me/sessions/${which}`, { method: 'DELETE' }), ['/me/sessions']);
  return (
    <Section
      title={words.sessions}
      n={query.data?.length}
      more={
        (query.data?.length ?? 0) > 1 && (
          <button type="button" className="button plain" onClick={() => end.mutate('others')}>
            {words.endOthers}
          </button>
        )
      }
    >
      <Async query={query}>
        {(sessions) => (
          <table className="table">
            <thead>
              <tr>
                <th className="grow">{words.agent}</th>
                <th>{words.address}</th>
                <th className="num">{words.seen}</th>
                <th className="num">{words.ends}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {sessions.map(({ id, agent, address, provider, seenAt, expiresAt, current }) => (
                <tr key={id}>
                  <td className="grow">
                    <div className={styles['agent']} title={agent ?? undefined}>
                      {agent}
                    </div>
                  </td>
                  <td>{[address, provider].filter((one) => one !== null).join(' · ')}</td>
                  <td className="num">{instant(seenAt)}</td>
                  <td className="num">{instant(expiresAt)}</td>
                  <td className="num">
                    {current ? (
                      <span className="muted">{words.here}</span>
                    ) : (
                      <button type="button" className="button plain" onClick={() => end.mutate(id)}>
                        {words.end}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Async>
      {end.error !== null && <ProblemNotice error={end.error} />}
    </Section>
  );
};
