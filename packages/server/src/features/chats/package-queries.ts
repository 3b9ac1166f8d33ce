// What a package of a country says of each of its people in each export: where that lies, what they wrote, and what they sent. Read as the person who asks.
import { sql } from 'kysely';
import type { Trx } from '../../store/index.js';

export interface PackagePart {
  readonly chatId: string;
  readonly number: number;
  readonly agencyId: string;
  readonly caseId: string;
  readonly agency: string;
  readonly case: string;
  readonly exhibit: string;
  readonly path: string;
  readonly app: string;
  /** Of the exhibit, or of its case. */
  readonly handling: string;
  readonly first: { readonly message: number; readonly time: string } | null;
  readonly last: { readonly message: number; readonly time: string } | null;
  readonly media: readonly {
    readonly message: number;
    readonly time: string;
    readonly name: string | null;
    readonly sha256: string | null;
    readonly mediaId: string | null;
  }[];
}

/** By `chat:number`. */
export const readPackageParts = async (
  trx: Trx,
  people: readonly { readonly chatId: string; readonly number: number }[],
): Promise<Map<string, PackagePart>> => {
  const end = (
    order: 'asc' | 'desc',
  ) => sql`(select jsonb_build_object('message', m.position, 'time', m.time_text) from chat_messages m
    where m.chat_id = w.chat_id and m.author = w.number order by m.position ${sql.raw(order)} limit 1)`;
  const { rows } = await sql<PackagePart>`
    select w.chat_id as "chatId", w.number, c.agency_id as "agencyId", c.case_id as "caseId", a.name as agency, k.reference as "case",
      e.reference as exhibit, x.path, c.app, coalesce(e.handling, k.handling) as handling, ${end('asc')} as first, ${end('desc')} as last,
      coalesce((select jsonb_agg(jsonb_build_object('message', t.position, 'time', m.time_text, 'name', t.name,
          'sha256', encode(coalesce(d.sha256, t.sha256), 'hex'), 'mediaId', d.id) order by t.position, t.ordinal)
        from chat_messages m join chat_attachments t on t.chat_id = m.chat_id and t.position = m.position left join media d on d.id = t.media_id
        where m.chat_id = w.chat_id and m.author = w.number), '[]') as media
    from unnest(${people.map(({ chatId }) => chatId)}::uuid[], ${people.map(({ number }) => number)}::int[]) as w (chat_id, number)
      join chats c on c.id = w.chat_id join chat_exports x on x.id = c.export_id join exhibits e on e.id = c.exhibit_id
      join cases k on k.id = c.case_id join agencies a on a.id = c.agency_id`.execute(trx);
  return new Map(rows.map((row) => [`${row.chatId}:${row.number}`, row]));
};
