// Reads matches that are visible at both ends, as seen from one of them.
import { sql } from 'kysely';
import type { MatchRow, Reason } from '@redthread/core/contract';
import { exchangedReasons, type MatchGrade } from '@redthread/core/domain';
import { METHODS } from '@redthread/core/signals';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { gradeOrder, type Trx } from '../../store/index.js';
import { matchInWords } from './words.js';

interface Row {
  readonly id: string;
  readonly grade: MatchGrade;
  readonly rank: number;
  readonly other: MatchRow['other'];
  readonly method: string;
  readonly version: number;
  readonly value: number;
  readonly distance: number;
  readonly threshold: number;
  readonly unit: string;
  readonly bits: number;
  readonly decoder: string;
  readonly reasons: Reason[];
  readonly from_b: boolean;
  readonly created_at: Date;
  readonly total: number;
}

const COLUMNS = sql`x.id, x.grade, x.method, x.version, x.value, x.threshold, x.unit, x.bits, x.decoder, x.reasons, x.created_at`;
const RANK = gradeOrder('x.grade');

const AT_LEAST = METHODS.flatMap(({ matchesWhen, name }) => (matchesWhen === 'at-least' ? [name] : []));
/** The measured value, the better the smaller, whichever way its method counts. */
const DISTANCE = sql`case when x.method = any(${AT_LEAST}::text[]) then -x.value else x.value end::float8`;

/** Strongest grade first, then most evidence, then the nearest; equals by the media, which stay when matches are found anew. `other`: only the match with this media. */
export const readMatches = async (
  trx: Trx,
  mediaId: string,
  { cursor, limit, other }: { readonly cursor?: string | undefined; readonly limit: number; readonly other?: string },
): Promise<Page<MatchRow>> => {
  const after = readCursor<[number, number, number, string]>(cursor, ['number', 'number', 'number', 'string']);
  const result = await sql<Row>`
    with sides as (
      select ${COLUMNS}, x.media_b as far, false as from_b from matches x where x.media_a = ${mediaId}::uuid
      union all
      select ${COLUMNS}, x.media_a, true from matches x where x.media_b = ${mediaId}::uuid
    ), ranked as (
      select x.*, ${RANK} as rank, -x.bits::float8 as weakness, ${DISTANCE} as distance, count(*) over () as total from sides x
      where ${other === undefined ? sql`true` : sql`x.far = ${other}::uuid`}
    )
    select x.id, x.grade, x.rank, x.method, x.version, x.value, x.distance, x.threshold, x.unit, x.bits, x.decoder, x.reasons, x.from_b,
      x.created_at, x.total, json_build_object('mediaId', m.id, 'mime', m.mime, 'width', m.width, 'height', m.height,
        'agency', json_build_object('id', a.id, 'name', a.name, 'country', a.country)) as other
    from ranked x join media m on m.id = x.far join agencies a on a.id = m.agency_id
    where ${after === null ? sql`true` : sql`(x.rank, x.weakness, x.distance, x.far) > (${after[0]}, ${after[1]}::float8, ${after[2]}::float8, ${after[3]}::uuid)`}
    order by x.rank, x.weakness, x.distance, x.far limit ${limit + 1}`.execute(trx);
  return toPage(
    result.rows,
    limit,
    result.rows[0]?.total ?? 0,
    (row) => [row.rank, -row.bits, row.distance, row.other.mediaId],
    toMatch,
  );
};

const toMatch = (row: Row): MatchRow => {
  const reasons = row.from_b ? exchangedReasons(row.reasons) : row.reasons;
  return {
    id: row.id,
    grade: row.grade,
    other: row.other,
    method: row.method,
    version: row.version,
    value: row.value,
    threshold: row.threshold,
    unit: row.unit,
    bits: row.bits,
    decoder: row.decoder,
    reasons,
    words: matchInWords({ ...row, reasons }),
    createdAt: row.created_at.toISOString(),
  };
};
