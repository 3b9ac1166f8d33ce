// Events as the record seals them, read from where their transactions wrote them.
import { sql, type RawBuilder } from 'kysely';
import { INSTANCE_LOG, type RecordedEvent } from '@redthread/core/audit';
import { instantText } from '../instants.js';

/** An event and whose log it belongs to. */
export interface EventOfLog extends RecordedEvent {
  readonly log: string;
}

/** What to select of `audit_events e` for one; needs a role that reads where the database keeps it. */
export const EVENT_OF_LOG: RawBuilder<EventOfLog> = sql<EventOfLog>`e.uid as id, ${instantText('e.at')} as at,
  e.user_id as "user", e.login, e.type, e.object_kind as "objectKind", e.object_id as "objectId", e.purpose,
  e.request_id as request, e.detail, e.id::text || '/' || e.xid::text as row,
  coalesce(e.agency_id, ${sql.lit(INSTANCE_LOG)}::uuid) as log`;
