// What a note, a task or a request is about: an operation, a case, a series or a media that the actor sees.
import type { NoteSubject, NoteSubjectKind } from '@redthread/core/contract';
import type { AuditObject } from '@redthread/core/audit';
import { fail, saying } from '@redthread/core/errors';
import { sql, type RawBuilder } from 'kysely';
import type { Trx } from '../../store/index.js';

export interface FoundSubject<K extends NoteSubjectKind = NoteSubjectKind> {
  readonly kind: K;
  readonly id: string;
  /** Null: an operation is of all its members. */
  readonly agencyId: string | null;
}

/** A media is seen where a file of it is. */
const FINDS: Readonly<Record<NoteSubjectKind, (id: string) => RawBuilder<{ agency_id: string | null }>>> = {
  operation: (id) => sql`select null::uuid as agency_id from operations where id = ${id}::uuid`,
  case: (id) => sql`select agency_id from cases where id = ${id}::uuid`,
  series: (id) => sql`select agency_id from entities where id = ${id}::uuid and kind = 'series'`,
  media: (id) => sql`select m.agency_id from media m where m.id = ${id}::uuid
    and exists (select from occurrences o where o.media_id = m.id)`,
};

/** Errors: NOT_FOUND for what the actor does not see. */
export const requireSubject = async <K extends NoteSubjectKind>(
  trx: Trx,
  { kind, id }: { readonly kind: K; readonly id: string },
): Promise<FoundSubject<K>> => {
  const [found] = (await FINDS[kind](id).execute(trx)).rows;
  if (found === undefined) throw fail('NOT_FOUND', saying`no such ${kind}`);
  return { kind, id, agencyId: found.agency_id };
};

/** The columns that say it. */
export const subjectColumns = <K extends NoteSubjectKind>({ kind, id, agencyId }: FoundSubject<K>) => ({
  about_kind: kind,
  operation_id: kind === 'operation' ? id : null,
  about_agency_id: agencyId,
  case_id: kind === 'case' ? id : null,
  series_id: kind === 'series' ? id : null,
});

export const subjectObject = ({ kind, id }: NoteSubject): AuditObject => ({
  kind: kind === 'series' ? 'entity' : kind,
  id,
});

/** The one that a query names; undefined where it names none. */
export const subjectIn = <K extends NoteSubjectKind>(
  query: Partial<Readonly<Record<K, string | undefined>>>,
  kinds: readonly K[],
): { readonly kind: K; readonly id: string } | undefined => {
  for (const kind of kinds) {
    const id = query[kind];
    if (id !== undefined) return { kind, id };
  }
  return undefined;
};
