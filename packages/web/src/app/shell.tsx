// The frame of every signed-in page: rail, search, the page itself, the status line.
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import { meQuery } from '../api/queries.js';
import { Icon, Mark, type IconName } from '../form/icons.js';
import { PurposeProvider } from '../media/purpose.js';
import { ProofDialog } from '../proof/proof-dialog.js';
import { OutboxProvider } from '../sending/use-outbox.js';
import { t } from '../text/index.js';
import { Bell } from './bell.js';
import { PlaceProvider, PlaceTrail } from './place.js';
import { useKeys } from './keys.js';
import { useChosenKeys } from './own-keys.js';
import { useChosenLanguage } from './own-language.js';
import { KeysOverlay } from './keys-overlay.js';
import { SearchBox } from './search-box.js';
import styles from './shell.module.css';
import { StatusLine } from './status-line.js';

const RAIL = [
  { to: '/operations', icon: 'operations', words: t.nav.operations },
  { to: '/review', icon: 'review', words: t.nav.review },
  { to: '/compare', icon: 'compare', words: t.nav.compare },
  { to: '/connections', icon: 'connections', words: t.nav.connections },
  { to: '/series', icon: 'series', words: t.nav.series },
  { to: '/entities', icon: 'entities', words: t.nav.entities },
  { to: '/chats', icon: 'chats', words: t.nav.chats },
  { to: '/verdicts', icon: 'verdicts', words: t.nav.verdicts },
  { to: '/lists', icon: 'lists', words: t.nav.lists },
  { to: '/requests', icon: 'requests', words: t.nav.requests },
  { to: '/audit', icon: 'audit', words: t.nav.audit },
] as const satisfies readonly { to: string; icon: IconName; words: string }[];

const RailLink = ({
  to,
  icon,
  words,
}: {
  to: (typeof RAIL)[number]['to'] | '/account' | '/administration';
  icon: IconName;
  words: string;
}) => (
  <Link to={to} className={styles['item']} activeProps={{ 'data-active': true }}>
    <Icon name={icon} />
    <span>{words}</span>
  </Link>
);

export const Shell = (): ReactNode => {
  const search = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const me = useQuery(meQuery).data;
  useKeys(t.keys.everywhere, [
    { action: 'help', run: () => setHelp(true) },
    { action: 'search', run: () => search.current?.select() },
  ]);
  useChosenKeys();
  useChosenLanguage();
  return (
    <OutboxProvider>
      <PurposeProvider>
        <PlaceProvider>
          <div className={styles['frame']}>
            <nav className={styles['rail']} aria-label={t.product}>
              <Link to="/operations" className={styles['mark']} title={t.product}>
                <Mark />
              </Link>
              {RAIL.map((item) => (
                <RailLink key={item.to} to={item.to} icon={item.icon} words={item.words} />
              ))}
              <span className={styles['gap']} />
              {(me?.operator === true ||
                me?.roles.some((role) => role === 'administrator' || role === 'coordinator') === true) && (
                <RailLink to="/administration" icon="administration" words={t.nav.administration} />
              )}
              <RailLink to="/account" icon="account" words={t.nav.account} />
            </nav>
            <header className={styles['bar']}>
              <PlaceTrail />
              <SearchBox inputRef={search} />
              <Bell />
            </header>
            <main className={styles['main']}>
              <Outlet />
            </main>
            <StatusLine onKeys={() => setHelp(true)} />
          </div>
          <ProofDialog />
          <KeysOverlay opened={help} onClose={() => setHelp(false)} />
        </PlaceProvider>
      </PurposeProvider>
    </OutboxProvider>
  );
};
