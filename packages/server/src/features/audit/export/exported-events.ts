// Events as they are exported: the sealed form, its proof under the head, and the clear texts with what opens their commitments.
import { sql, type Kysely } from 'kysely';
import {
  blockSource,
  inclusionProof,
  ROW_FIELD,
  sealedForm,
  textsOf,
  toHex,
  type Commitments,
  type Json,
} from '@redthread/core/audit';
import { EVENT_OF_LOG, sha256, storedTree, type Database, type EventOfLog } from '../../../store/index.js';
import type { ExportedEvent } from './form.js';

const PAGE = 2_000;

interface Row extends EventOfLog {
  readonly number: number;
  readonly commitments: Commitments;
  readonly salts: Readonly<Record<string, string>> | null;
}

export interface EventSelection {
  readonly log: string;
  /** Of the head that they are proven under. */
  readonly size: number;
  /** In ascending order; null: all of the log. */
  readonly numbers: readonly number[] | null;
  readonly withTexts: boolean;
}

/** In the order of their numbers. */
export async function* exportedEvents(db: Kysely<Database>, selection: EventSelection): AsyncGenerator<ExportedEvent> {
  const { log, numbers, size, withTexts } = selection;
  const tree = blockSource(storedTree(db, log), size);
  for (let after = 0; ;) {
    const { rows } = await sql<Row>`
      select s.number, s.commitments, t.salts, ${EVENT_OF_LOG}
      from audit_sealed s join audit_events e on e.uid = s.event left join audit_salts t on t.event = s.event
      where s.agency_id = ${log} and s.number > ${after} and s.number <= ${size}
        and ${numbers === null ? sql`true` : sql`s.number = any(${[...numbers]}::bigint[])`}
      order by s.number limit ${PAGE}`.execute(db);
    for (const row of rows)
      yield {
        form: sealedForm(log, row.number, row, row.commitments),
        proof: numbers === null ? [] : (await inclusionProof(sha256, tree, row.number - 1, size)).map(toHex),
        texts: withTexts ? openedTexts(row) : {},
      };
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.number;
  }
}

/** Where the database keeps an event counts those of everybody: it stays closed. */
const openedTexts = (row: Row): Record<string, { salt: string; text: Json }> => {
  const texts: Record<string, { salt: string; text: Json }> = {};
  for (const [field, text] of textsOf(row)) {
    const salt = row.salts?.[field];
    if (field !== ROW_FIELD && salt !== undefined && Object.hasOwn(row.commitments, field))
      texts[field] = { salt, text };
  }
  return texts;
};
