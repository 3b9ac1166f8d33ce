// Who was in a group when a message was sent, from lines of the system and from what people wrote: read for the chats that are asked about, without going through all that was said.
import { sql } from 'kysely';
import {
  membershipOf,
  wasIn,
  type ChatEvent,
  type Membership,
  type MembershipMessage,
  type MembershipPerson,
} from '@redthread/core/chats';
import type { Posting } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';
import { wallClock } from './named-chats.js';

interface Row {
  readonly chatId: string;
  readonly people: MembershipPerson[];
  readonly told: (Omit<MembershipMessage, 'event'> & { readonly event: ChatEvent | null })[];
}

/** Lines of the system, what each person wrote first, and what they wrote first after each line that says that somebody went. */
export const membershipsOf = async (trx: Trx, chats: readonly string[]): Promise<Map<string, Membership[]>> => {
  const { rows } = await sql<Row>`
    with these (id) as (select unnest(${[...new Set(chats)]}::uuid[])),
    events as materialized (
      select m.chat_id, m.position, m.at_local, m.event from these t join chat_messages m on m.chat_id = t.id where m.event is not null),
    since as (
      select t.id as chat_id, -1 as position from these t
      union select e.chat_id, e.position from events e where e.event ->> 'type' in ('member-left', 'member-removed', 'number-changed')),
    wrote as (
      select distinct p.chat_id, p.name, w.position, w.at_local
      from since s join chat_people p on p.chat_id = s.chat_id cross join lateral (
        select m.position, m.at_local from chat_messages m where m.chat_id = p.chat_id and m.author = p.number and m.position > s.position
        order by m.position limit 1) w),
    told as (
      select chat_id, position, at_local, null::text as author, event from events
      union all select chat_id, position, at_local, name, null from wrote)
    select t.id as "chatId",
      coalesce((select jsonb_agg(jsonb_build_object('number', p.number, 'name', p.name, 'phone', p.phone, 'isExporter', p.is_exporter)
        order by p.number) from chat_people p where p.chat_id = t.id), '[]') as people,
      coalesce((select jsonb_agg(jsonb_build_object('position', d.position, 'local', ${wallClock(sql`d.at_local`)}, 'author', d.author,
        'event', d.event) order by d.position) from told d where d.chat_id = t.id), '[]') as told
    from these t`.execute(trx);
  return new Map(rows.map(({ chatId, people, told }) => [chatId, membershipOf(people, told)]));
};

/** By `chat:position`. */
export const membersAt = async (
  trx: Trx,
  places: readonly { readonly chatId: string; readonly position: number }[],
): Promise<Map<string, Posting['members']>> => {
  const memberships = await membershipsOf(
    trx,
    places.map(({ chatId }) => chatId),
  );
  return new Map(
    places.map(({ chatId, position }) => [
      `${chatId}:${position}`,
      (memberships.get(chatId) ?? [])
        .filter(({ spans }) => wasIn(spans, position))
        .map(({ name, phone }) => ({ name, phone })),
    ]),
  );
};
