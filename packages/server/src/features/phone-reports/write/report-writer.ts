// Writes what a report says beside its conversations, in the transaction in which its export is read: all of it or nothing.
import { sql, type Transaction } from 'kysely';
import type { FactItem, PhoneReportItem, ReportFileItem, ReportPersonItem } from '@redthread/core/chats';
import { safeArchivePath } from '@redthread/core/sending';
import type { Database } from '../../../store/index.js';
import { linkFiles, unlinkFiles } from './link-files.js';
import { storable } from './storable.js';

export interface ReportTarget {
  readonly agencyId: string;
  readonly caseId: string;
  readonly exhibitId: string;
  readonly exportId: string;
  /** Of the report, within its exhibit. */
  readonly path: string;
}

export class ReportWriter {
  #facts = 0;
  #people = 0;
  #files = 0;

  private constructor(
    readonly trx: Transaction<Database>,
    readonly target: ReportTarget,
  ) {}

  /** Takes back what an earlier reading of the same report wrote. */
  static async begin(trx: Transaction<Database>, target: ReportTarget): Promise<ReportWriter> {
    await unlinkFiles(trx, target);
    for (const table of ['report_facts', 'report_people', 'report_files'] as const)
      await trx.deleteFrom(table).where('export_id', '=', target.exportId).execute();
    return new ReportWriter(trx, target);
  }

  async take(items: readonly PhoneReportItem[]): Promise<void> {
    await this.#takeFacts(items.filter((item) => item.item === 'fact'));
    await this.#takePeople(items.filter((item) => item.item === 'person'));
    await this.#takeFiles(items.filter((item) => item.item === 'file'));
  }

  /** Whatever said nothing of files leaves the files of the exhibit alone. */
  async finish(): Promise<void> {
    if (this.#files > 0) await linkFiles(this.trx, this.target);
  }

  async #takeFacts(facts: readonly FactItem[]): Promise<void> {
    if (facts.length === 0) return;
    await sql`insert into report_facts (agency_id, case_id, exhibit_id, export_id, number, section, name, value)
      select ${this.#of}, ${this.#facts}::int + n.ordinality - 1, n.section, n.name, n.value
      from unnest(${facts.map(({ section }) => storable(section))}::text[], ${facts.map(({ name }) => storable(name))}::text[],
        ${facts.map(({ value }) => storable(value))}::text[]) with ordinality as n (section, name, value)`.execute(
      this.trx,
    );
    this.#facts += facts.length;
  }

  async #takePeople(people: readonly ReportPersonItem[]): Promise<void> {
    if (people.length === 0) return;
    const first = this.#people;
    await sql`insert into report_people (agency_id, case_id, exhibit_id, export_id, number, kind, app, name, state)
      select ${this.#of}, ${first}::int + n.ordinality - 1, n.kind, n.app, n.name, n.state
      from unnest(${people.map(({ kind }) => kind)}::text[], ${people.map(({ app }) => optional(app))}::text[],
        ${people.map(({ name }) => optional(name))}::text[], ${people.map(({ state }) => state)}::text[])
        with ordinality as n (kind, app, name, state)`.execute(this.trx);
    const entries = people.flatMap((person, at) =>
      person.entries.map((entry, ordinal) => ({ ...entry, number: first + at, ordinal })),
    );
    await sql`insert into report_entries (agency_id, case_id, exhibit_id, export_id, number, ordinal, kind, value, category, time_text, at_instant)
      select ${this.#of}, n.number, n.ordinal, n.kind, n.value, n.category, n.time_text, n.at_instant
      from unnest(${entries.map(({ number }) => number)}::int[], ${entries.map(({ ordinal }) => ordinal)}::int[],
        ${entries.map(({ kind }) => kind)}::text[], ${entries.map(({ value }) => storable(value))}::text[],
        ${entries.map(({ category }) => optional(category))}::text[], ${entries.map(({ time }) => optional(time?.text))}::text[],
        ${entries.map(({ time }) => time?.instant ?? null)}::timestamptz[])
        as n (number, ordinal, kind, value, category, time_text, at_instant)`.execute(this.trx);
    this.#people += people.length;
  }

  async #takeFiles(files: readonly ReportFileItem[]): Promise<void> {
    if (files.length === 0) return;
    const of = <T>(read: (file: ReportFileItem) => T): T[] => files.map(read);
    // Lists of lists are no arrays of PostgreSQL's where they differ in length: tags travel as JSON.
    await sql`insert into report_files (agency_id, case_id, exhibit_id, export_id, number, file_id, path, local_path, size_bytes, state, times, sha256, md5,
        tags, provider, occurrence_path)
      select ${this.#of}, ${this.#files}::int + n.ordinality - 1, n.file_id, n.path, n.local_path, n.size_bytes, n.state, n.times::jsonb,
        decode(n.sha256, 'hex'), decode(n.md5, 'hex'), array(select jsonb_array_elements_text(n.tags::jsonb)), n.provider::jsonb, n.occurrence_path
      from unnest(${of(({ fileId }) => optional(fileId))}::text[], ${of(({ path }) => storable(path))}::text[],
        ${of(({ localPath }) => optional(localPath))}::text[], ${of(({ sizeBytes }) => sizeBytes)}::bigint[],
        ${of(({ state }) => state)}::text[], ${of(({ times }) => json(times))}::text[], ${of(({ sha256 }) => sha256)}::text[],
        ${of(({ md5 }) => md5)}::text[], ${of(({ tags }) => json(tags))}::text[],
        ${of(({ provider }) => (provider === null ? null : json(provider)))}::text[],
        ${of(({ path }) => `${this.target.path}/${safeArchivePath(storable(path)).path}`)}::text[])
        with ordinality as n (file_id, path, local_path, size_bytes, state, times, sha256, md5, tags, provider, occurrence_path)`.execute(
      this.trx,
    );
    this.#files += files.length;
  }

  get #of() {
    const { agencyId, caseId, exhibitId, exportId } = this.target;
    return sql`${agencyId}::uuid, ${caseId}::uuid, ${exhibitId}::uuid, ${exportId}::uuid`;
  }
}

const optional = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : storable(text);
const json = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? storable(one) : one));
