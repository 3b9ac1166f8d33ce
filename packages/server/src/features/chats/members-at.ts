// Who was in a group when a message was sent, from lines of the system and from what people wrote: read for the chats that are asked about, without going through all that was said.
import { sql } from 'kysely';
import {
  EXPORTER,
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

/** Lines of the system, and of those whom they name what they wrote first of all, and first after a line that says that they went: nobody else comes or goes. */
export const membershipsOf = async (trx: Trx, chats: readonly string[]): Promise<Map<string, Membership[]>> => {
  const { rows } = await sql<Row>`
    with these (id) as (select unnest(${[...new Set(chats)]}::uuid[])),
    events as materialized (
      select m.chat_id, m.position, m.at_local, m.event from these t join chat_messages m on m.chat_id = t.id where m.event is not null),
    named as (
      select distinct e.chat_id, n.name, n.since
      from events e cross join lateral (
        select v.name, s.since from (
            select e.event ->> 'actor' as name union select jsonb_array_elements_text(e.event -> 'targets')) v
          cross join lateral (
            select e.position where e.event ->> 'type' in ('member-left', 'member-removed', 'number-changed')
            union all select -1 where e.event ->> 'type' not in ('member-left', 'member-removed')) s (since)) n
      where n.name is not null),
    people as materialized (
      select p.chat_id, p.number, p.name, p.phone, p.is_exporter from these t join chat_people p on p.chat_id = t.id),
    called as (
      select chat_id, number, name, name as as_what from people
      union all select chat_id, number, name, ${EXPORTER} from people where is_exporter),
    since as materialized (
      select distinct p.chat_id, p.number, p.name, n.since from named n join called p on p.chat_id = n.chat_id and p.as_what = n.name),
    wrote as (
      select distinct s.chat_id, s.name, w.position, w.at_local
      from since s cross join lateral (
        select m.position, m.at_local from chat_messages m where m.chat_id = s.chat_id and m.author = s.number and m.position > s.since
        order by m.position limit 1) w),
    told as (
      select chat_id, position, at_local, null::text as author, event from events
      union all select chat_id, position, at_local, name, null from wrote),
    told_of as (
      select d.chat_id, json_agg(json_build_object('position', d.position, 'local', ${wallClock(sql`d.at_local`)}, 'author', d.author,
        'event', d.event) order by d.position) as told from told d group by 1),
    people_of as (
      select p.chat_id, json_agg(json_build_object('number', p.number, 'name', p.name, 'phone', p.phone, 'isExporter', p.is_exporter)
        order by p.number) as people from people p group by 1)
    select t.id as "chatId", coalesce(p.people, '[]') as people, coalesce(d.told, '[]') as told
    from these t left join people_of p on p.chat_id = t.id left join told_of d on d.chat_id = t.id`.execute(trx);
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
