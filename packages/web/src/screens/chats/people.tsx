// Who is in the groups of a scope, those of the most groups first; of one country by the prefix of their number.
import type { ChatPerson } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chatPeopleQuery } from '../../api/chat-queries.js';
import type { ScopeQuery } from '../../api/queries.js';
import { scopeOf } from '../../app/use-scope.js';
import { Copyable } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { Choice } from '../../parts/field.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Teach } from '../../parts/teach.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import type { TabProps } from './chats-screen.js';
import styles from './chats.module.css';
import { CountryPackage } from './country-package.js';
import { nameInWords, subjectOf } from './names.js';
import { useTotal } from './use-total.js';
import { countryName } from './wall-clock.js';

const words = t.chats.persons;
const LEAST = [2, 3, 5, 10] as const;
/** Without a choice: the question is who connects groups. */
const SEVERAL = 2;

const Row = ({ person, scope }: { person: ChatPerson; scope: ScopeQuery }): ReactNode => {
  const others = person.names.filter((name) => name !== person.name).map(nameInWords);
  return (
    <tr data-person={person.phone ?? person.name}>
      <td className={`wrap ${styles['person']}`}>
        <bdi>{nameInWords(person.name)}</bdi>
        {others.length > 0 && <span className={styles['under']}>{words.alsoSaved(others.join(', '))}</span>}
      </td>
      <td>{person.phone !== null && <Copyable text={person.phone} tail={0} />}</td>
      <td className={styles['narrow-out']}>{person.account !== null && <Copyable text={person.account} tail={0} />}</td>
      <td className={styles['narrow-out']}>
        {person.country !== null && (
          <Link to="/chats" search={{ ...scope, tab: 'people', country: person.country }} className="link">
            {countryName(person.country)}
          </Link>
        )}
      </td>
      <td className="num">{count(person.groups)}</td>
      <td className="grow wrap">
        <span className={styles['in-chats']}>
          {person.chats.map((chat) => (
            <span key={chat.id} title={`${nameInWords(chat.name)}: ${words.by[chat.by]}`} data-by={chat.by}>
              <Link to="/chats/$chatId" params={{ chatId: chat.id }} className="link" dir="auto">
                {subjectOf(chat)}
              </Link>{' '}
              <span className="muted">
                {count(chat.messages)}
                {chat.by === 'name' && `, ${words.by.name}`}
              </span>
            </span>
          ))}
        </span>
      </td>
    </tr>
  );
};

export const People = ({ search, change, onTotal }: TabProps): ReactNode => {
  const scope = scopeOf(search);
  // A country asks for everybody of it, unless somebody says otherwise.
  const groups = search.several ?? (search.country === undefined ? SEVERAL : 1);
  const query = useInfiniteQuery(chatPeopleQuery({ ...scope, groups, country: search.country }));
  useTotal(query.data?.pages[0]?.total, onTotal);
  return (
    <>
      <div className="head">
        <Choice
          words={words.groups}
          value={groups}
          onChange={({ currentTarget: { value } }) => change({ several: Number(value) })}
        >
          {groups === 1 && <option value={1}>{words.inAll}</option>}
          {LEAST.map((n) => (
            <option key={n} value={n}>
              {words.atLeast(n)}
            </option>
          ))}
        </Choice>
        {search.country !== undefined && (
          <>
            <strong>{words.ofCountry(countryName(search.country))}</strong>
            <button type="button" className="button" onClick={() => change({ country: undefined })}>
              {words.everyCountry}
            </button>
          </>
        )}
      </div>
      {search.country !== undefined && <CountryPackage key={search.country} country={search.country} scope={scope} />}
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <Teach title={words.none} />;
          return (
            <>
              <table className="table">
                <thead>
                  <tr>
                    <th>{words.name}</th>
                    <th>{words.phone}</th>
                    <th className={styles['narrow-out']}>{words.account}</th>
                    <th className={styles['narrow-out']}>{words.country}</th>
                    <th className="num">{words.groups}</th>
                    <th className="grow">{t.chats.title}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((person, i) => (
                    <Row key={`${person.phone ?? person.account ?? person.name} ${i}`} person={person} scope={scope} />
                  ))}
                </tbody>
              </table>
              <MoreRows query={query} shown={rows.length} />
            </>
          );
        }}
      </Async>
    </>
  );
};
