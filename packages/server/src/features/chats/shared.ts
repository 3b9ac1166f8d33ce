// What a group has in common with others: members, media and leads, from what the viewer may see. Other exports of the same group are left out: they have everything in common.
import { sql } from 'kysely';
import { PERSON_BASES } from '@redthread/core/chats';
import type { SharedChat } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { gradeOrder, withContext, withRoom, type Store, type Trx } from '../../store/index.js';
import { chatsById } from './named-chats.js';
import { peopleLike } from './same-person.js';

interface Common {
  readonly media: { readonly chat: string; readonly media: SharedChat['media'] }[];
  readonly leads: { readonly chat: string; readonly leads: SharedChat['leads'] }[];
}

/** Of the chats `own`, which are one group: what others sent of the same content, and which identifiers they name as well. */
const readCommon = async (trx: Trx, own: readonly string[]): Promise<Common> => {
  const these = sql`${[...own]}::uuid[]`;
  const { rows } = await sql<Common>`
    with mine as materialized (
      select distinct m.id, m.sha256, coalesce(m.representative_id, m.id) as stack
      from chat_attachments a join media m on m.id = a.media_id where a.chat_id = any(${these})),
    near (id, other, grade) as (
      select n.id, m.id, 'identical' from mine n join media m on m.sha256 = n.sha256
      union all select n.id, m.id, 'same content' from mine n join media m on m.id = n.stack
      union all select n.id, m.id, 'same content' from mine n join media m on m.representative_id = n.stack
      union all select n.id, x.media_b, x.grade from mine n join matches x on x.media_a = n.id where x.grade in ('identical', 'same content')
      union all select n.id, x.media_a, x.grade from mine n join matches x on x.media_b = n.id where x.grade in ('identical', 'same content')),
    sent as (
      select distinct on (a.chat_id, n.id) a.chat_id, n.id, n.other, n.grade
      from near n join chat_attachments a on a.media_id = n.other where a.chat_id <> all(${these})
      order by a.chat_id, n.id, ${gradeOrder('n.grade')}, n.other),
    named as materialized (select distinct l.kind, l.normal from chat_leads l where l.chat_id = any(${these})),
    common as (
      select distinct l.chat_id, l.kind, l.normal from named n join chat_leads l on l.kind = n.kind and l.normal = n.normal
      where l.chat_id <> all(${these}))
    select coalesce((select jsonb_agg(s) from (
        select s.chat_id as chat, jsonb_agg(jsonb_build_object('mediaId', s.id, 'otherMediaId', s.other, 'grade', s.grade)
          order by ${gradeOrder('s.grade')}, s.id) as media from sent s group by 1) s), '[]') as media,
      coalesce((select jsonb_agg(s) from (
        select b.chat_id as chat, jsonb_agg(jsonb_build_object('kind', b.kind, 'normal', b.normal) order by b.kind, b.normal) as leads
          from common b group by 1) s), '[]') as leads`.execute(trx);
  return rows[0] ?? { media: [], leads: [] };
};

/** Errors: NOT_FOUND. */
export const requireChat = async (trx: Trx, id: string): Promise<void> => {
  const { rows } = await sql`select from chats where id = ${id}::uuid`.execute(trx);
  if (rows.length === 0) throw fail('NOT_FOUND', 'no such chat');
};

/** Other exports of its group that the viewer may see, itself first. */
export const exportsOfGroup = async (trx: Trx, id: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    with recursive one (id) as (
      select ${id}::uuid
      union select v.id from one o cross join lateral (
        select p.chat_b from chat_pairs p where p.chat_a = o.id union all select p.chat_a from chat_pairs p where p.chat_b = o.id) v (id))
    select id from one`.execute(trx);
  return [id, ...rows.map((row) => row.id).filter((one) => one !== id)];
};

/** Groups that have something in common with this one: those with the most members of it first. Errors: NOT_FOUND. */
export const sharedWith = (store: Store, ctx: Context, chatId: string): Promise<SharedChat[]> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await requireChat(trx, chatId);
      await withRoom(trx);
      const own = await exportsOfGroup(trx, chatId);
      const [{ leads, media }, members] = [await readCommon(trx, own), await membersOf(trx, own)];
      const [mediaOf, leadsOf] = [
        new Map(media.map((one) => [one.chat, one.media])),
        new Map(leads.map((one) => [one.chat, one.leads])),
      ];
      const chats = await chatsById(trx, [...members.keys(), ...mediaOf.keys(), ...leadsOf.keys()]);
      return [...chats.values()]
        .map((chat) => ({
          chat,
          members: (members.get(chat.id) ?? []).sort(compareMembers),
          media: mediaOf.get(chat.id) ?? [],
          leads: leadsOf.get(chat.id) ?? [],
        }))
        .sort(compareShared);
    },
    { access: 'read only' },
  );

const placeOf = ({ by }: SharedChat['members'][number]): number => PERSON_BASES.indexOf(by);
const compareMembers = (a: SharedChat['members'][number], b: SharedChat['members'][number]): number =>
  placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const known = ({ members }: SharedChat): number => members.filter(({ by }) => by !== 'name').length;
const compareShared = (a: SharedChat, b: SharedChat): number =>
  known(b) - known(a) ||
  b.media.length - a.media.length ||
  b.leads.length - a.leads.length ||
  b.members.length - a.members.length ||
  (a.chat.id < b.chat.id ? -1 : 1);

/** People of the group who are in other chats, by the chat; whoever holds the phone of an export is in all of its chats, and is told as well. */
const membersOf = async (trx: Trx, own: readonly string[]): Promise<Map<string, SharedChat['members']>> => {
  const { all } = await peopleLike(trx, own);
  const mine = new Set(own);
  const byChat = new Map<string, SharedChat['members']>();
  for (const { parts, phones } of all) {
    const here = parts.filter(({ of }) => mine.has(of.chatId));
    if (here.length === 0) continue;
    // Somebody who is known here by name alone is known there by name alone.
    const byName = here.every(({ by }) => by === 'name');
    for (const { by, of } of parts) {
      if (mine.has(of.chatId)) continue;
      const members = byChat.get(of.chatId) ?? [];
      byChat.set(of.chatId, [
        ...members,
        { name: of.name, phone: of.phone ?? phones[0] ?? null, by: byName ? 'name' : by },
      ]);
    }
  }
  return byChat;
};
