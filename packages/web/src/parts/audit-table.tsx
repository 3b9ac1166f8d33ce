// Events of the audit: when, who, what, on which object, for what purpose.
import type { AuditEvent } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Copyable } from '../form/copyable.js';
import { count, instant } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './audit-table.module.css';

const PAGES: Readonly<Record<string, (id: string) => string>> = {
  media: (id) => `/media/${id}`,
  case: (id) => `/cases/${id}`,
  exhibit: (id) => `/exhibits/${id}`,
  operation: (id) => `/operations/${id}`,
};

const ObjectCell = ({ event }: { event: AuditEvent }): ReactNode => {
  const { objectKind, objectId } = event;
  if (objectKind === null || objectId === null) return null;
  const page = PAGES[objectKind];
  const words = (
    <>
      {objectKind} <span className="mono">{objectId.slice(0, 8)}</span>
    </>
  );
  return page === undefined ? (
    <span title={objectId}>{words}</span>
  ) : (
    <Link to={page(objectId)} className="link" title={objectId}>
      {words}
    </Link>
  );
};

/** A clear text that was erased says so; one that never was stays empty. */
const Text = ({ event, field }: { event: AuditEvent; field: 'login' | 'purpose' }): ReactNode =>
  event[field] ??
  (event.erased.includes(field) ? (
    <span className="muted" title={t.audit.erasedTitle}>
      {t.audit.erased}
    </span>
  ) : (
    ''
  ));

const detailWords = ({ detail, erased }: AuditEvent): string =>
  [
    ...Object.entries(detail)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
    ...erased.filter((field) => field.startsWith('detail.')).map((field) => `${field.slice(7)}: ${t.audit.erased}`),
  ].join(', ');

export const AuditTable = ({
  events,
  withObject,
}: {
  events: readonly AuditEvent[];
  withObject: boolean;
}): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="num">{t.audit.number}</th>
        <th>{t.common.time}</th>
        <th>{t.audit.who}</th>
        <th>{t.audit.event}</th>
        {withObject && <th>{t.audit.object}</th>}
        <th className="grow">{t.audit.purpose}</th>
        <th className={styles['detail']}>{t.audit.detail}</th>
        <th>{t.audit.request}</th>
      </tr>
    </thead>
    <tbody>
      {events.map((event) => (
        <tr key={event.id} data-event={event.type} data-object={event.objectId ?? ''}>
          <td className="num muted" title={event.number === null ? t.audit.waitsTitle : undefined}>
            {event.number === null ? t.audit.waits : count(event.number)}
          </td>
          <td className={styles['line']}>{instant(event.at)}</td>
          <td className={styles['line']}>
            <Text event={event} field="login" />
          </td>
          <td className={styles['line']}>{event.type}</td>
          {withObject && (
            <td className={styles['line']}>
              <ObjectCell event={event} />
            </td>
          )}
          <td className="grow clip" title={event.purpose ?? undefined}>
            <Text event={event} field="purpose" />
          </td>
          <td className={styles['detail']} title={detailWords(event)}>
            {detailWords(event)}
          </td>
          <td className={styles['request']}>
            <Copyable text={event.requestId} tail={6} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
