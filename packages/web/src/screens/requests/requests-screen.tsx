// Requests that take two persons: what is asked, by whom and why, and what the viewer may do with it.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { meQuery, requestsQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/section.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import { Decide } from './decide.js';
import { factsOf } from './facts-of.js';
import { useEnded } from './use-ended.js';

const words = t.requests;
const route = getRouteApi('/shell/requests');

export const RequestsScreen = (): ReactNode => {
  const { all = false } = route.useSearch();
  const agencyId = useQuery(meQuery).data?.agency.id ?? '';
  const query = useQuery({ ...requestsQuery(all), staleTime: 0 });
  // Kept here: what was answered may leave the list.
  const [said, setSaid] = useState('');
  useEnded(query.data);
  usePlace([{ words: words.title, ...(query.data === undefined ? {} : { n: query.data.length }) }]);
  return (
    <div className="page">
      <div className="head">
        {([false, true] as const).map((choice) => (
          <Link
            key={String(choice)}
            to="/requests"
            search={choice ? { all: true } : {}}
            className="button"
            data-on={choice === all}
          >
            {choice ? words.all : words.waiting}
          </Link>
        ))}
        <span role="status">{said}</span>
      </div>
      <Async query={query}>
        {(items) =>
          items.length === 0 ? (
            <Teach title={words.empty} text={words.teach} command={words.command} />
          ) : (
            items.map((request) => (
              <div
                key={`${request.agency.id} ${request.number}`}
                data-request={request.number}
                data-state={request.state}
              >
                <Section title={`${words.what(request.kind, request.undoes, request.of)} · ${request.number}`}>
                  <Facts rows={factsOf(request, agencyId)} />
                  <Decide request={request} onSaid={(verb, number) => setSaid(words.said[verb](number))} />
                </Section>
              </div>
            ))
          )
        }
      </Async>
    </div>
  );
};
