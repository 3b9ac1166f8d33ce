// The audit: every event that the viewer may see, the newest first, by type and object.
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { auditQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { AuditTable } from '../../parts/audit-table.js';
import { Field } from '../../parts/field.js';
import { MoreRows } from '../../parts/more-rows.js';
import { RecordStrip } from '../../parts/record-strip.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import styles from './audit.module.css';

const route = getRouteApi('/shell/audit');

export const AuditScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...auditQuery({ type: search.type, object: search.object }), staleTime: 0 });
  const total = query.data?.pages[0]?.total ?? 0;
  usePlace([{ words: t.audit.title, ...(query.data === undefined ? {} : { n: total }) }]);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
    void navigate({ search: { type: text('type'), object: text('object') } });
  };
  return (
    <div className="page">
      <div className="head">
        <form className={styles['filter']} onSubmit={submit} key={`${search.type}-${search.object}`}>
          <Field name="type" words={t.audit.type} defaultValue={search.type} />
          <Field name="object" words={t.audit.object} defaultValue={search.object} />
          <button type="submit" hidden />
        </form>
      </div>
      <RecordStrip />
      <Async query={query}>
        {(data) => {
          const events = data.pages.flatMap((page) => page.items);
          return events.length === 0 ? (
            <Teach title={t.audit.empty} text={t.audit.teach} />
          ) : (
            <>
              <AuditTable events={events} withObject />
              <MoreRows query={query} shown={events.length} />
            </>
          );
        }}
      </Async>
    </div>
  );
};
