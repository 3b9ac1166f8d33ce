// Reads legal bases as far as the viewer sees their exhibits.
import { sql, type RawBuilder } from 'kysely';
import type { LegalBasis } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

interface Row extends Omit<LegalBasis, 'recordedAt' | 'withdrawn'> {
  readonly recordedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly reason: string | null;
}

export interface BasisFilter {
  readonly id?: string;
  readonly exhibit?: string;
  /** Those that cover a medium, by itself or with its exhibit. */
  readonly media?: string;
}

const condition = ({ id, exhibit, media }: BasisFilter): RawBuilder<unknown> =>
  sql.join(
    [
      sql`true`,
      ...(id === undefined ? [] : [sql`b.id = ${id}::uuid`]),
      ...(exhibit === undefined ? [] : [sql`b.exhibit_id = ${exhibit}::uuid`]),
      ...(media === undefined
        ? []
        : [
            sql`(b.media_id is null or b.media_id = ${media}::uuid) and b.exhibit_id in (
              select o.exhibit_id from occurrences o where o.media_id = ${media}::uuid and o.provider_viewed = false)`,
          ]),
    ],
    sql` and `,
  );

/** Newest first. */
export const readBases = async (trx: Trx, filter: BasisFilter): Promise<LegalBasis[]> => {
  const { rows } = await sql<Row>`
    select b.id, b.exhibit_id as "exhibitId", e.reference as exhibit, c.reference as "caseReference", b.media_id as "mediaId",
      b.kind, b.reference, b.words, b.login as "recordedBy", b.recorded_at as "recordedAt", b.withdrawn_at as "withdrawnAt",
      b.withdrawn_login as "withdrawnBy", b.withdrawn_reason as reason
    from legal_bases b join exhibits e on e.id = b.exhibit_id join cases c on c.id = e.case_id
    where ${condition(filter)} order by b.recorded_at desc, b.id`.execute(trx);
  return rows.map(({ recordedAt, withdrawnAt, withdrawnBy, reason, ...row }) => ({
    ...row,
    recordedAt: recordedAt.toISOString(),
    withdrawn:
      withdrawnAt === null ? null : { at: withdrawnAt.toISOString(), by: withdrawnBy ?? '', reason: reason ?? '' },
  }));
};

/** Own exhibits in which the viewer sees the medium as a file that was not viewed. */
export const exhibitsOfUnviewed = async (trx: Trx, mediaId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select distinct o.exhibit_id as id from occurrences o
    where o.media_id = ${mediaId}::uuid and o.provider_viewed = false and o.agency_id = app_agency() order by 1`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
};

/** Whether the exhibit is the viewer's agency's own and visible. */
export const isOwnExhibit = async (trx: Trx, id: string): Promise<boolean> =>
  (await sql`select from exhibits e where e.id = ${id}::uuid and e.agency_id = app_agency()`.execute(trx)).rows.length >
  0;
