// Persons, places, things, accounts and series that the viewer sees, newest first; and a form to record one.
import { getRouteApi, Link } from '@tanstack/react-router';
import { ENTITY_KINDS } from '@redthread/core/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { entitiesQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { Async } from '../../parts/async.js';
import { EntityTable } from '../../parts/entity-table.js';
import { Field, textIn } from '../../parts/field.js';
import { MoreRows } from '../../parts/more-rows.js';
import styles from '../../parts/series.module.css';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import { Record } from './record.js';

const route = getRouteApi('/shell/entities');
const words = t.entities;

export const EntitiesScreen = (): ReactNode => {
  const { kind, q } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useRoles(KEEPING_ROLES);
  const [isOpen, setOpen] = useState(false);
  const query = useInfiniteQuery({ ...entitiesQuery({ kind, q }), staleTime: 0 });
  const total = query.data?.pages[0]?.total ?? 0;
  usePlace([{ words: words.title, ...(query.data === undefined ? {} : { n: total }) }]);
  const find = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget))('q');
    void navigate({ search: { kind, q: text === '' ? undefined : text }, replace: true });
  };
  return (
    <div className="page">
      <div className="head">
        {([undefined, ...ENTITY_KINDS] as const).map((choice) => (
          <Link
            key={choice ?? ''}
            to="/entities"
            search={{ kind: choice, q }}
            className="button"
            data-on={choice === kind}
          >
            {choice === undefined ? t.series.all : words.kinds[choice]}
          </Link>
        ))}
      </div>
      <form className={styles['form']} onSubmit={find} role="search" aria-label={words.title}>
        <Field key={q} name="q" maxLength={200} defaultValue={q} words={words.nameOrNumber} />
        <button type="submit" className="button">
          {words.findOne}
        </button>
        {may && (
          <button type="button" className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {words.record}
          </button>
        )}
      </form>
      {may && isOpen && <Record kind={kind ?? 'person'} />}
      <Async query={query}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          if (items.length === 0) return <Teach title={words.none} text={words.teach} command={words.command} />;
          return (
            <>
              <EntityTable items={items} />
              <MoreRows query={query} shown={items.length} />
            </>
          );
        }}
      </Async>
    </div>
  );
};
