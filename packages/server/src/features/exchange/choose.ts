// What an export is of: which media, and which of their files. Everything is read as the person who asks.
import { sql, type RawBuilder } from 'kysely';
import type { AuditObject } from '@redthread/core/audit';
import { EXCHANGE_SUBJECTS, type ExchangeAsk } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import type { Trx } from '../../store/index.js';
import { seriesWithMedia } from '../entities/index.js';
import { inScope, planScope, requireScope, scopeItems, scopeOf, type Scope } from '../funnel/index.js';
import { requireReview } from '../reviews/index.js';
import { chosenTiles } from '../stacks/index.js';

export interface Chosen {
  /** In the order of their SHA-256, so that the same export gives the same bytes. */
  readonly media: readonly string[];
  /** In words. */
  readonly subject: string;
  readonly object: AuditObject | null;
  /** The case that all of it is of, where it is of one. */
  readonly caseId: string | null;
  /** Condition on `o` (occurrences), `e` (its exhibit) and `c` (its case): whose paths leave. */
  readonly files: RawBuilder<boolean>;
  readonly scope: Scope | null;
}

/** Errors: REQUEST_INVALID for none or several subjects, NOT_FOUND alike for what is not there and what is not seen. */
export const choose = async (trx: Trx, ask: ExchangeAsk): Promise<Chosen> => {
  const given = EXCHANGE_SUBJECTS.filter((name) => ask[name] !== undefined);
  if (given.length !== 1)
    throw fail(
      'REQUEST_INVALID',
      saying`give one of ${EXCHANGE_SUBJECTS.join(', ')}${given.length > 1 ? ', not several' : ''}`,
    );
  if (ask.series !== undefined) return ofSeries(trx, ask.series);
  if (ask.review !== undefined) return ofReview(trx, ask.review);
  const scope = scopeOf(ask);
  if (scope === null) throw fail('REQUEST_INVALID', 'nothing was named');
  const label = await requireScope(trx, scope);
  return {
    ...(await ofScope(trx, scope)),
    subject: `${scope.kind} ${label}`,
    object: { kind: scope.kind, id: scope.id },
    caseId: await caseOf(trx, scope),
  };
};

/** Ids of media, by SHA-256 and then by agency, each once. */
const inOrder = async (trx: Trx, which: RawBuilder<unknown>): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select m.id from media m join agencies a on a.id = m.agency_id where m.id in (${which})
    order by m.sha256, a.name, m.id`.execute(trx);
  return rows.map(({ id }) => id);
};

const ofScope = async (trx: Trx, scope: Scope): Promise<Pick<Chosen, 'media' | 'files' | 'scope'>> => {
  const files = inScope(scope);
  const media = await inOrder(
    trx,
    sql`select o.media_id from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = o.case_id where ${files}`,
  );
  return { media, files, scope };
};

const caseOf = async (trx: Trx, { kind, id }: Scope): Promise<string | null> => {
  if (kind === 'case') return id;
  if (kind === 'operation') return null;
  const row = await trx.selectFrom('exhibits').select('case_id').where('id', '=', id).executeTakeFirst();
  return row?.case_id ?? null;
};

const ALL_FILES = sql<boolean>`true`;

const ofSeries = async (trx: Trx, id: string): Promise<Chosen> => {
  const { series, media } = await seriesWithMedia(trx, id);
  return {
    media: await inOrder(trx, sql`select unnest(${[...media]}::uuid[])`),
    subject: `series ${series.name}`,
    object: { kind: 'entity', id },
    caseId: series.case?.id ?? null,
    files: ALL_FILES,
    scope: null,
  };
};

/** Its query, asked anew and of single media: what a stack hides in a grid leaves as well. */
const ofReview = async (trx: Trx, id: string): Promise<Chosen> => {
  const review = await requireReview(trx, id);
  const query = { ...review.query, collapse: 'media' } as const;
  const scope = scopeOf(query);
  const planned = await planScope(trx, scope);
  const { rows } = await sql<{ id: string }>`
    with ${scopeItems(planned)}, ${chosenTiles(query)} select id from keyed order by sha256`.execute(trx);
  return {
    media: rows.map((row) => row.id),
    subject: `review ${review.name ?? ''}`.trim(),
    object: scope === null ? null : { kind: scope.kind, id: scope.id },
    caseId: scope === null ? null : await caseOf(trx, scope),
    files: inScope(scope),
    scope,
  };
};

/** Files of a scope that could not be read: how many, and the first. */
export const unreadFiles = async (
  trx: Trx,
  scope: Scope | null,
): Promise<{ readonly count: number; readonly places: string[] }> => {
  if (scope === null) return { count: 0, places: [] };
  const { rows } = await sql<{ count: number; places: string[] | null }>`
    select count(*) as count, (array_agg(c.reference || '/' || e.reference || '/' || o.path order by c.reference, e.reference, o.path))[1:20] as places
    from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = o.case_id
    where o.media_id is null and ${inScope(scope)}`.execute(trx);
  return { count: rows[0]?.count ?? 0, places: rows[0]?.places ?? [] };
};
