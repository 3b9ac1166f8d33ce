// Which countries gave out the numbers of the people in the groups of a scope.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chatCountriesQuery } from '../../api/chat-queries.js';
import { scopeOf } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { Teach } from '../../parts/teach.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import type { TabProps } from './chats-screen.js';
import styles from './chats.module.css';
import { useTotal } from './use-total.js';
import { countryName } from './wall-clock.js';

const words = t.chats.countries;

export const Countries = ({ search, onTotal }: TabProps): ReactNode => {
  const scope = scopeOf(search);
  const query = useQuery(chatCountriesQuery(scope));
  useTotal(query.data?.items.length, onTotal);
  return (
    <Async query={query}>
      {({ items, withoutNumber }) =>
        items.length === 0 ? (
          <Teach title={words.none} text={withoutNumber > 0 ? words.without(withoutNumber) : ''} />
        ) : (
          <>
            <p className={styles['note']}>
              {words.means} {withoutNumber > 0 && `${words.without(withoutNumber)}.`}
            </p>
            <table className="table">
              <thead>
                <tr>
                  <th>{words.country}</th>
                  <th className="num">{words.prefix}</th>
                  <th className="num">{t.chats.peopleColumn}</th>
                  <th className="num">{words.groups}</th>
                  <th className="grow" />
                </tr>
              </thead>
              <tbody>
                {items.map(({ country, prefix, people, groups }) => (
                  <tr key={`${country ?? ''} ${prefix}`} data-country={country ?? ''}>
                    <td>
                      {country === null ? (
                        <span className="muted">{words.noOne}</span>
                      ) : (
                        <Link to="/chats" search={{ ...scope, tab: 'people', country }} className="link">
                          {countryName(country)}
                        </Link>
                      )}
                    </td>
                    <td className="num">{prefix}</td>
                    <td className="num">{count(people)}</td>
                    <td className="num">{count(groups)}</td>
                    <td className="grow" />
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )
      }
    </Async>
  );
};
