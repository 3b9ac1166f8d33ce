// Reads and writes notes that the viewer sees, and who has read them.
import { sql, type RawBuilder } from 'kysely';
import type { ThreadNote, NoteSubjectKind } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { millisecondText, type Trx } from '../../store/index.js';
import { ownAgency } from '../accounts/index.js';
import { subjectColumns, type FoundSubject } from './subject.js';

interface Row {
  readonly id: string;
  readonly kind: NoteSubjectKind;
  readonly aboutId: string;
  readonly aboutAgencyId: string | null;
  readonly thread: string;
  readonly threadAgencyId: string;
  readonly text: string;
  readonly handling: string;
  readonly by: string;
  readonly agency: string;
  readonly mine: boolean;
  readonly at: Date;
  readonly read: boolean;
  readonly readers: ThreadNote['readers'];
  readonly retractedAt: Date | null;
  readonly retractReason: string | null;
}

/** Of one thing so many are read: the newest. */
const MOST = 1000;

export const readNotes = async (trx: Trx, which: RawBuilder<unknown>): Promise<readonly Row[]> => {
  const { rows } = await sql<Row>`
    select * from (
      select n.id, n.about_kind as kind, coalesce(n.operation_id, n.case_id, n.series_id, n.media_id) as "aboutId",
        n.about_agency_id as "aboutAgencyId", coalesce(n.thread_id, n.id) as thread, coalesce(n.thread_agency_id, n.agency_id) as "threadAgencyId",
        case when n.retracted_at is null then n.text else '' end as text, n.handling, n.login as by,
        n.said_agency as agency, n.user_id = app_user() as mine, n.at, n.retracted_at as "retractedAt", n.retract_reason as "retractReason",
        n.user_id = app_user() or exists (select from note_reads r where r.note_id = n.id and r.user_id = app_user()) as read,
        case when n.user_id = app_user() then coalesce((select json_agg(json_build_object('by', r.login, 'agency', r.said_agency, 'at',
          ${millisecondText('r.read_at')}) order by r.read_at)
          from note_reads r where r.note_id = n.id), '[]') end as readers,
        min(n.at) over (partition by coalesce(n.thread_id, n.id)) as began
      from notes n where ${which} order by n.at desc limit ${MOST}) n
    order by n.began, n.thread, n.at, n.id`.execute(trx);
  return rows;
};

export const aboutIs = ({ kind, id }: Pick<FoundSubject, 'kind' | 'id'>): RawBuilder<unknown> =>
  sql`${sql.ref(`n.${kind}_id`)} = ${id}::uuid`;

export const toNote = (row: Row): ThreadNote => ({
  id: row.id,
  about: { kind: row.kind, id: row.aboutId },
  thread: row.thread,
  text: row.text,
  handling: row.handling,
  by: row.by,
  agency: row.agency,
  mine: row.mine,
  at: row.at.toISOString(),
  read: row.read,
  readers: row.readers,
  retracted: row.retractedAt === null ? null : { at: row.retractedAt.toISOString(), reason: row.retractReason ?? '' },
});

/** Who says something, with the name of their agency as it is now. */
export const sayer = async (trx: Trx, { actor }: Context) => ({
  agency_id: actor.agencyId,
  user_id: actor.userId,
  login: actor.login,
  said_agency: (await ownAgency(trx, actor.agencyId)).name,
});

export const insertNote = async (
  trx: Trx,
  ctx: Context,
  note: {
    readonly id: string;
    readonly about: FoundSubject;
    readonly thread: { readonly id: string; readonly agencyId: string } | null;
    readonly text: string;
    readonly handling: string;
  },
): Promise<void> => {
  const { id, about, thread, text, handling } = note;
  await trx
    .insertInto('notes')
    .values({
      id,
      ...(await sayer(trx, ctx)),
      ...subjectColumns(about),
      media_id: about.kind === 'media' ? about.id : null,
      thread_id: thread?.id ?? null,
      thread_agency_id: thread?.agencyId ?? null,
      text,
      handling,
    })
    .execute();
};

/** Marks those that the viewer sees and had not read, but for their own. Answers which. */
export const markNotesRead = async (trx: Trx, ctx: Context, ids: readonly string[]): Promise<string[]> => {
  const { login, said_agency } = await sayer(trx, ctx);
  const { rows } = await sql<{ id: string }>`
    insert into note_reads (note_agency_id, note_id, agency_id, user_id, login, said_agency)
    select n.agency_id, n.id, app_agency(), app_user(), ${login}, ${said_agency} from notes n
    where n.id = any(${[...ids]}::uuid[]) and n.user_id <> app_user()
    on conflict do nothing returning note_id as id`.execute(trx);
  return rows.map(({ id }) => id);
};

/** False when it is not the viewer's, or was taken back. */
export const retractNoteRow = async (trx: Trx, id: string, reason: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update notes set retracted_at = now(), retract_reason = ${reason}
    where id = ${id}::uuid and user_id = app_user() and retracted_at is null`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
};
