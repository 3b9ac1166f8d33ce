// The chats of a scope: the conversations with a search in their messages, the leads that messages name, people and countries, and the exports.
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { usePlace } from '../../app/place.js';
import { CHAT_TABS, type ChatsSearch } from '../../app/search-schemas.js';
import { scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { t } from '../../text/index.js';
import { ChatList } from './chat-list.js';
import styles from './chats.module.css';
import { Countries } from './countries.js';
import { Exports } from './exports.js';
import { Leads } from './leads.js';
import { People } from './people.js';

const route = getRouteApi('/shell/chats');

export interface TabProps {
  readonly search: ChatsSearch;
  readonly change: (part: Partial<ChatsSearch>) => void;
  /** How many the tab has, for the heading. */
  readonly onTotal: (total: number | undefined) => void;
}

const TABS: Readonly<Record<(typeof CHAT_TABS)[number], (props: TabProps) => ReactNode>> = {
  chats: ChatList,
  leads: Leads,
  people: People,
  countries: Countries,
  exports: Exports,
};

export const ChatsScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = scopeOf(search);
  const tab = search.tab ?? 'chats';
  const [total, setTotal] = useState<number | undefined>(undefined);
  usePlace([
    ...useScopeTrail(scope),
    {
      words: tab === 'chats' ? t.chats.title : `${t.chats.title}: ${t.chats.tabs[tab]}`,
      ...(total === undefined ? {} : { n: total }),
    },
  ]);
  const change = (part: Partial<ChatsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  const Tab = TABS[tab];
  return (
    <div className="page">
      <nav className={styles['tabs']} aria-label={t.chats.title}>
        {CHAT_TABS.map((one) => (
          <Link
            key={one}
            to="/chats"
            search={{ ...scope, tab: one === 'chats' ? undefined : one }}
            className="button"
            data-on={one === tab}
            aria-current={one === tab ? 'page' : undefined}
          >
            {t.chats.tabs[one]}
          </Link>
        ))}
      </nav>
      <Tab key={tab} search={search} change={change} onTotal={setTotal} />
    </div>
  );
};
