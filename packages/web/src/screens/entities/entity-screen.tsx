// One entity: what it is, how old then, who is one with it, its numbers, what is said of it and what of that contradicts.
import type { Circle, EntityDetail } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { entityQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { scaleOf } from '../../layout/map-view.js';
import { Async } from '../../parts/async.js';
import { Facts } from '../../parts/facts.js';
import { textIn } from '../../parts/field.js';
import styles from '../../parts/series.module.css';
import { TimeField } from '../../parts/time-field.js';
import { t } from '../../text/index.js';
import { Contradictions, RecordActs, recordFacts, Said } from './detail.js';
import { Numbers } from './numbers.js';

const route = getRouteApi('/shell/entities/$entityId');
const words = t.entities;

/** The band as it was said, and carried to the time that the address names. */
const Age = ({ detail, at }: { detail: EntityDetail; at: string | undefined }): ReactNode => {
  const navigate = route.useNavigate();
  const { entity, ageThen } = detail;
  if (entity.age === null) return null;
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const then = textIn(new FormData(event.currentTarget))('at');
    void navigate({ search: { at: then === '' ? undefined : then }, replace: true });
  };
  return (
    <form className={styles['form']} onSubmit={submit} aria-label={words.ageAt}>
      <TimeField key={at} name="at" words={words.ageAt} defaultValue={at} />
      <button type="submit" className="button">
        {words.workOut}
      </button>
      {ageThen !== null && (
        <span role="status">
          <strong>{words.ageThen(ageThen.min, ageThen.max)}</strong> <span className="muted">{words.ageHow}</span>
        </span>
      )}
    </form>
  );
};

/** As it was stated; on the map it fills a part of what is seen. */
const Where = ({ case: of, area }: EntityDetail['entity'] & { readonly area: Circle }): ReactNode => (
  <>
    {t.map.recordedArea(`${area.latitudeDeg}, ${area.longitudeDeg}`, t.map.metres(area.radiusM))}{' '}
    <Link
      to="/map"
      search={{
        ...(of !== null && { case: of.id }),
        x: area.longitudeDeg,
        y: area.latitudeDeg,
        z: scaleOf(area.radiusM),
      }}
      className="link"
    >
      {t.map.show}
    </Link>
  </>
);

export const EntityScreen = (): ReactNode => {
  const { entityId } = route.useParams();
  const { at } = route.useSearch();
  const query = useQuery({ ...entityQuery(entityId, at), staleTime: 0, placeholderData: (before) => before });
  const entity = query.data?.entity;
  usePlace([
    { words: words.title, href: '/entities' },
    ...(entity === undefined ? [] : [{ words: entity.name === '' ? t.series.noName : entity.name }]),
  ]);
  if (entity?.kind === 'series') return <Navigate to="/series/$seriesId" params={{ seriesId: entityId }} replace />;
  return (
    <div className="page">
      <Async query={query}>
        {(detail) => (
          <>
            <Facts
              rows={[
                [words.kind, <strong key="kind">{words.kinds[detail.entity.kind]}</strong>],
                [words.role, detail.entity.role === null ? null : words.roles[detail.entity.role]],
                [words.age, detail.entity.age === null ? null : words.ageBand(detail.entity.age)],
                [
                  words.area,
                  detail.entity.area === null ? null : (
                    <Where key="area" {...detail.entity} area={detail.entity.area} />
                  ),
                ],
                ...recordFacts(detail),
              ]}
            />
            <Age detail={detail} at={at} />
            <Contradictions {...detail} />
            <RecordActs key={entityId} entity={detail.entity} />
            <Numbers {...detail} />
            <Said {...detail} />
          </>
        )}
      </Async>
    </div>
  );
};
