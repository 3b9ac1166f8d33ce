// One export from its bytes to its rows: in one transaction, so that a worker that is killed leaves nothing of it.
import { sql, type Kysely, type Transaction } from 'kysely';
import type { ChatFormat } from '@redthread/core/chats';
import { isOfReport, type ChatReadItem, type ChatReader, type ReportItem } from '../../../media/chats/index.js';
import type { Database } from '../../../store/index.js';
import { ReportWriter } from '../../phone-reports/index.js';
import { linkAttachments } from './link-attachments.js';
import { CHATS_VERSION, namesBeside, type ReadTarget } from './targets.js';
import { createChatWriter } from './write-chats.js';

type Trx = Transaction<Database>;

export interface ExportFile {
  readonly mediaId: string;
  readonly format: ChatFormat;
  /** From its start, each time. */
  open(): AsyncIterable<Uint8Array>;
}

/** Errors: those of `reader`; of `stopping`, its reason. */
export const readExport = async (
  db: Kysely<Database>,
  target: ReadTarget,
  file: ExportFile,
  { reader, stopping }: { readonly reader: ChatReader; readonly stopping: AbortSignal },
): Promise<void> => {
  const beside = await namesBeside(db, target);
  await db.transaction().execute(async (trx) => {
    const exportId = await placeExport(trx, target, file);
    await sql`delete from chats where export_id = ${exportId}::uuid`.execute(trx);
    const { format } = file;
    const { agencyId, caseId, exhibitId, dateOrder, path } = target;
    const writer = createChatWriter(trx, { exportId, agencyId, caseId, exhibitId, format });
    const report = await ReportWriter.begin(trx, { exportId, agencyId, caseId, exhibitId, path });
    const order = { format, path, beside, dateOrder, open: () => file.open() };
    for await (const items of reader.read(order)) {
      stopping.throwIfAborted();
      const [said, talk]: [ReportItem[], ChatReadItem[]] = [[], []];
      for (const item of items) {
        if (isOfReport(item)) said.push(item);
        else talk.push(item);
      }
      await writer.add(talk);
      await report.take(said);
    }
    const read = await writer.finish();
    await report.finish();
    await linkAttachments(trx, exhibitId);
    await sql`update chat_exports set platform = ${read.platform}, language = ${read.language},
        date_order = case when date_order_by is null then ${read.dateOrder} else date_order end,
        state = ${read.asksDateOrder ? 'asks-date-order' : 'read'}, error_code = null, error_detail = null, notes = ${JSON.stringify(read.notes)}::jsonb,
        version = ${CHATS_VERSION}, aligned_version = 0, read_at = now()
      where id = ${exportId}::uuid`.execute(trx);
  });
};

/** The row of the export, which is there already where it waits to be read again. */
const placeExport = async (trx: Trx, target: ReadTarget, { mediaId, format }: ExportFile): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into chat_exports (agency_id, case_id, exhibit_id, media_id, path, format)
    values (${target.agencyId}::uuid, ${target.caseId}::uuid, ${target.exhibitId}::uuid, ${mediaId}::uuid, ${target.path}, ${format})
    on conflict (exhibit_id, media_id) do update set path = excluded.path, format = excluded.format returning id`.execute(
    trx,
  );
  return rows[0]?.id ?? '';
};

/** That it could not be read stands on the export; what was read of it before goes. */
export const failExport = async (
  trx: Trx,
  target: ReadTarget,
  file: Pick<ExportFile, 'mediaId' | 'format'>,
  { code, detail }: { readonly code: string; readonly detail: string },
): Promise<void> => {
  const exportId = await placeExport(trx, target, { ...file, open: nothing });
  await sql`delete from chats where export_id = ${exportId}::uuid`.execute(trx);
  await ReportWriter.begin(trx, { ...target, exportId });
  await sql`update chat_exports set state = 'failed', error_code = ${code}, error_detail = ${detail}, version = ${CHATS_VERSION}, read_at = now()
    where id = ${exportId}::uuid`.execute(trx);
};
async function* nothing(): AsyncGenerator<Uint8Array> {}
