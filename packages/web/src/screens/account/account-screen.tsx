// The viewer's own account: who they are, the look, their API keys, and the way out.
import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { Facts } from '../../parts/facts.js';
import { t } from '../../text/index.js';
import styles from './account.module.css';
import { ApiKeys } from './api-keys.js';
import { LanguageChoice } from './language-choice.js';
import { OwnPassword } from './own-password.js';
import { ReachableAt } from './reachable-at.js';
import { SecondFactors } from './second-factors.js';
import { Sessions } from './sessions.js';

const Look = (): ReactNode => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <span className={styles['look']}>
      {(['dark', 'light'] as const).map((scheme) => (
        <button
          key={scheme}
          type="button"
          className="button"
          data-on={colorScheme === scheme}
          aria-pressed={colorScheme === scheme}
          onClick={() => setColorScheme(scheme)}
        >
          {t.account[scheme]}
        </button>
      ))}
    </span>
  );
};

export const AccountScreen = (): ReactNode => {
  const me = useQuery(meQuery);
  usePlace([{ words: t.account.title }]);
  return (
    <div className="page">
      <Async query={me}>
        {(data) => (
          <>
            <div className="head">
              <strong>{data.displayName}</strong>
              <span className="muted">
                {data.agency.name} ({data.agency.country})
              </span>
              <Link to="/end" className={`button ${styles['out']}`}>
                {t.account.signOut}
              </Link>
            </div>
            <Facts
              rows={[
                [t.account.name, data.login],
                [t.account.roles, data.roles.map((role) => t.administration.roleNames[role]).join(', ')],
                [t.account.reachableAt, <ReachableAt key="reachable" now={data.reachableAt} />],
                [t.account.password, <OwnPassword key="password" login={data.login} />],
                [t.account.purpose, data.purpose ?? <span className="muted">{t.account.noPurpose}</span>],
                [t.account.look, <Look key="look" />],
                [t.account.language, <LanguageChoice key="language" />],
                [
                  t.care.title,
                  <Link key="care" to="/care" className="link">
                    {t.account.care}
                  </Link>,
                ],
                [
                  t.keys.title,
                  <Link key="keys" to="/keys" className="link">
                    {t.keys.choose}
                  </Link>,
                ],
                [
                  t.account.installation,
                  <Link key="self-test" to="/self-test" className="link">
                    {t.account.selfTest}
                  </Link>,
                ],
              ]}
            />
            <SecondFactors />
            <Sessions />
            <ApiKeys />
          </>
        )}
      </Async>
    </div>
  );
};
