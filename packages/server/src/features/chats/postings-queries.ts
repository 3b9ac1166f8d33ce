// Where a media was sent: messages that carry its content, or only say so, and its files outside of messages. Everything is read as the viewer.
import { sql, type RawBuilder } from 'kysely';
import type { Posting, Propagation } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';
import { millisecondText, gradeOrder } from '../../store/index.js';
import { wallClock } from './named-chats.js';

/** Common table expression `near`: the media, its bytes at others, its stack and what matches it as the same content, each with the best grade. */
export const nearMedia = (mediaId: string): RawBuilder<unknown> => sql`
  one as materialized (select id, sha256, coalesce(representative_id, id) as stack from media where id = ${mediaId}::uuid),
  graded (id, grade) as (
    select m.id, 'identical' from media m where m.sha256 = (select sha256 from one)
    union all select m.id, 'same content' from media m where m.id = (select stack from one)
    union all select m.id, 'same content' from media m where m.representative_id = (select stack from one)
    union all select x.media_b, x.grade from matches x where x.media_a = (select id from one) and x.grade in ('identical', 'same content')
    union all select x.media_a, x.grade from matches x where x.media_b = (select id from one) and x.grade in ('identical', 'same content')),
  near as materialized (
    select distinct on (g.id) g.id, g.grade, m.sha256, m.md5 from graded g join media m on m.id = g.id order by g.id, ${gradeOrder('g.grade')})`;

export interface PostingHit {
  readonly chatId: string;
  readonly position: number;
  readonly mediaId: string;
  readonly grade: Posting['grade'];
  readonly basis: 'with-message' | 'digest' | 'name';
}

/** Two messages of two exports that are one. */
export interface SameMessage {
  readonly chatA: string;
  readonly positionA: number;
  readonly chatB: string;
  readonly positionB: number;
}

interface Hits {
  readonly hits: readonly PostingHit[];
  readonly same: readonly SameMessage[];
  readonly saved: Propagation['saved'];
}

const LIST = (rows: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(jsonb_agg(to_jsonb(r)), '[]') from (${rows}) r)`;

/** At most so many of each, the first of each chat first. */
export const readHits = async (trx: Trx, mediaId: string, most: number): Promise<Hits> => {
  const { rows } = await sql<Hits>`
    with ${nearMedia(mediaId)},
    found as materialized (
      select a.chat_id, a.position, n.id as media_id, n.grade, a.basis from near n join chat_attachments a on a.media_id = n.id
      union all
      select a.chat_id, a.position, n.id, n.grade, 'digest' from near n join chat_attachments a on a.sha256 = n.sha256 where a.media_id is null
      union all
      select a.chat_id, a.position, n.id, n.grade, 'digest' from near n join chat_attachments a on a.md5 = n.md5
        where a.media_id is null and a.sha256 is null),
    hits as materialized (
      select distinct on (f.chat_id, f.position) f.chat_id as "chatId", f.position, f.media_id as "mediaId", f.grade, f.basis from found f
      order by f.chat_id, f.position, array_position(array['with-message', 'digest', 'name'], f.basis), ${gradeOrder('f.grade')}, f.media_id
      limit ${most + 1})
    select ${LIST(sql`select * from hits`)} as hits,
      ${LIST(sql`
        select s.chat_a as "chatA", s.position_a as "positionA", s.chat_b as "chatB", s.position_b as "positionB"
          from hits h join chat_aligned s on s.chat_a = h."chatId" and s.position_a = h.position
        union select s.chat_a, s.position_a, s.chat_b, s.position_b
          from hits h join chat_aligned s on s.chat_b = h."chatId" and s.position_b = h.position`)} as same,
      ${LIST(sql`
        select o.media_id as "mediaId", o.path, json_build_object('id', k.id, 'reference', k.reference) as "case",
          json_build_object('id', e.id, 'reference', e.reference) as exhibit
        from near n join occurrences o on o.media_id = n.id join exhibits e on e.id = o.exhibit_id join cases k on k.id = o.case_id
        where not exists (select from chat_attachments a where a.media_id = o.media_id and a.exhibit_id = o.exhibit_id
          and a.basis = 'with-message' and (a.name is null or a.name = regexp_replace(o.path, '^.*/', '')))
        order by k.reference, e.reference, o.path limit ${most + 1}`)} as saved`.execute(trx);
  return rows[0] ?? { hits: [], same: [], saved: [] };
};

export interface Place {
  readonly chatId: string;
  readonly position: number;
}

export interface MessageRow extends Place {
  readonly exportId: string;
  readonly exhibitId: string;
  readonly text: string;
  readonly local: string | null;
  readonly instant: string | null;
  readonly precisionS: number;
  readonly number: number | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly forwarded: boolean;
}

/** Messages at these places, as far as they are seen. */
export const readMessagesAt = async (trx: Trx, places: readonly Place[]): Promise<MessageRow[]> => {
  const { rows } = await sql<MessageRow>`
    select m.chat_id as "chatId", m.position, c.export_id as "exportId", c.exhibit_id as "exhibitId", m.time_text as text,
      ${wallClock(sql`m.at_local`)} as local, ${millisecondText('m.at_instant')} as instant, coalesce(m.at_precision_s, 60)::int as "precisionS",
      m.author as number, p.name, p.phone, m.forwarded
    from unnest(${places.map(({ chatId }) => chatId)}::uuid[], ${places.map(({ position }) => position)}::int[]) as w (chat_id, position)
      join chat_messages m on m.chat_id = w.chat_id and m.position = w.position join chats c on c.id = m.chat_id
      left join chat_people p on p.chat_id = m.chat_id and p.number = m.author`.execute(trx);
  return rows;
};

export interface PairRow {
  readonly a: string;
  readonly b: string;
  readonly aheadS: number;
  readonly doubtS: number;
  readonly exportA: string;
  readonly exportB: string;
  readonly exhibitA: string;
  readonly exhibitB: string;
}

/** Pairs of exports that these can be reached by, over other chats of the same exhibits as well: clocks are set over exports that hold nothing of the media. */
export const readPairsAround = async (trx: Trx, chats: readonly string[]): Promise<PairRow[]> => {
  const { rows } = await sql<PairRow>`
    with recursive around (id) as (
      select unnest(${[...chats]}::uuid[])
      union select v.id from around w cross join lateral (
        select p.chat_b from chat_pairs p where p.chat_a = w.id union all select p.chat_a from chat_pairs p where p.chat_b = w.id
        union all select o.id from chats c join chats o on o.exhibit_id = c.exhibit_id where c.id = w.id) v (id))
    select p.chat_a as a, p.chat_b as b, p.offset_s as "aheadS", p.spread_s as "doubtS",
      a.export_id as "exportA", b.export_id as "exportB", a.exhibit_id as "exhibitA", b.exhibit_id as "exhibitB"
    from chat_pairs p join chats a on a.id = p.chat_a join chats b on b.id = p.chat_b
    where p.offset_s is not null and p.chat_a in (select id from around)`.execute(trx);
  return rows;
};
