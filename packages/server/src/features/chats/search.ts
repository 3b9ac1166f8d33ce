// Search over messages: stretches of conversations whose words do not have what is asked are passed over, the lines of the others are gone through, newest conversations first (ADR 0052).
// Row-level security is asked before any text is looked at: what the viewer may not see costs nothing and is not found.
import { sql, type RawBuilder } from 'kysely';
import type { MessageHit, MessageHits, MessageSearchQuery } from '@redthread/core/contract';
import { foldedWords, markTerms, searchTerms, type TextMark } from '@redthread/core/chats';
import { fail } from '@redthread/core/errors';
import type { Trx } from '../../store/index.js';
import { inScope, requireScope, scopeOf } from '../funnel/index.js';
import { gramsOf } from './grams.js';
import { chatsById, wallClock } from './named-chats.js';

const MOST_TERMS = 16;
/** Bits that are looked at, of the longest words first. */
const MOST_GRAMS = 24;
/** Of the text before the first place that was found, and in all. */
const [BEFORE, EXCERPT] = [60, 240];

/** Errors: REQUEST_INVALID where nothing is asked, NOT_FOUND for a scope. */
export const searchMessages = async (
  trx: Trx,
  { q, limit, operation, case: caseId, exhibit }: MessageSearchQuery,
): Promise<MessageHits> => {
  const terms = searchTerms(q);
  if (terms.length === 0 || terms.length > MOST_TERMS)
    throw fail('REQUEST_INVALID', `give 1 to ${MOST_TERMS} words, or phrases in quotation marks`, { pointer: '/q' });
  const scope = scopeOf({ operation, case: caseId, exhibit });
  if (scope !== null) await requireScope(trx, scope);
  const found = await hitsOf(trx, terms, limit + 1, inScope(scope));
  const items = await shown(trx, found.slice(0, limit), terms);
  return { items, truncated: found.length > limit };
};

interface Hit {
  readonly chatId: string;
  readonly position: number;
}

const has = (column: RawBuilder<unknown>, part: string): RawBuilder<unknown> => sql`strpos(${column}, ${part}) > 0`;

const hitsOf = async (
  trx: Trx,
  terms: readonly string[],
  limit: number,
  scope: RawBuilder<boolean>,
): Promise<Hit[]> => {
  // The longest first: it is in the fewest.
  const words = [...new Set(terms.flatMap(foldedWords))].sort((a, b) => b.length - a.length);
  const grams = [...new Set(words.flatMap(gramsOf))].slice(0, MOST_GRAMS);
  const inWords = [
    ...grams.map((bit) => sql`get_bit(s.grams, ${bit}::bigint) = 1`),
    ...words.map((word) => has(sql`s.words`, word)),
  ];
  const seen = sql`select array_agg(distinct e.case_id) from exhibits e join cases c on c.id = e.case_id where ${scope}`;
  const ofScope = sql`s.case_id = any((${seen})::uuid[]) and s.exhibit_id in (select e.id from exhibits e join cases c on c.id = e.case_id where ${scope})`;
  const { rows } = await sql<Hit>`
    select s.chat_id as "chatId", s.first_position + l.n::int - 1 as position
    from (
      select s.chat_id, s.number, s.first_position, s.folded, c.last_local as last from chat_stretches s join chats c on c.id = s.chat_id
      where ${ofScope} and ${inWords.length === 0 ? sql`true` : sql.join(inWords, sql` and `)}
      order by c.last_local desc nulls last, s.chat_id, s.number) s
      cross join lateral string_to_table(s.folded, E'\\n') with ordinality as l (line, n)
    where ${sql.join(
      terms.map((term) => has(sql`l.line`, term)),
      sql` and `,
    )}
    order by s.last desc nulls last, s.chat_id, s.number, l.n limit ${limit}`.execute(trx);
  return rows;
};

interface HitRow extends Hit {
  readonly text: string;
  readonly timeText: string;
  readonly local: string | null;
  readonly instant: Date | null;
  readonly author: string | null;
}

const shown = async (trx: Trx, hits: readonly Hit[], terms: readonly string[]): Promise<MessageHit[]> => {
  if (hits.length === 0) return [];
  const { rows } = await sql<HitRow>`
    select m.chat_id as "chatId", m.position, m.text, m.time_text as "timeText", ${wallClock(sql`m.at_local`)} as local, m.at_instant as instant,
      p.name as author
    from unnest(${hits.map(({ chatId }) => chatId)}::uuid[], ${hits.map(({ position }) => position)}::integer[]) with ordinality as h (chat_id, position, place)
      join chat_messages m on m.chat_id = h.chat_id and m.position = h.position
      left join chat_people p on p.chat_id = m.chat_id and p.number = m.author
    order by h.place`.execute(trx);
  const chats = await chatsById(
    trx,
    rows.map(({ chatId }) => chatId),
  );
  return rows.flatMap(({ chatId, position, text, timeText, local, instant, author }) => {
    const chat = chats.get(chatId);
    if (chat === undefined) return [];
    const time = { text: timeText, local, instant: instant?.toISOString() ?? null };
    return [{ chat, position, time, author, ...excerptOf(text, markTerms(text, terms)) }];
  });
};

/** Around the first place, from the beginning of a word. */
const excerptOf = (text: string, marks: readonly TextMark[]): Pick<MessageHit, 'excerpt' | 'marks'> => {
  const first = marks[0]?.start ?? 0;
  const from = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE) + 1 || first - BEFORE;
  const start = Math.min(from > first ? first : from, first);
  const end = Math.min(text.length, start + EXCERPT);
  return {
    excerpt: text.slice(start, end),
    marks: marks
      .filter((mark) => mark.end <= end)
      .map((mark) => ({ start: mark.start - start, end: mark.end - start })),
  };
};
