// Exports a part of the record, or all of an agency's: chosen as the person who asks, proven with what the store keeps, and written
// after the event that says so is committed.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { canonicalJson, signedText, type ExportStatement, type Json } from '@redthread/core/audit';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import {
  audit,
  ensureSigner,
  endorsedKey,
  lastLogHeads,
  readSigningKeys,
  withContext,
  type SignedLogHead,
  type Store,
  type Trx,
} from '../../../store/index.js';
import { makeOutFolder } from '../../../app/data-folder.js';
import { requireRight } from '../../accounts/index.js';
import { aboutItem, requireItem, type HistoryOf } from '../history.js';
import { exportedAnchors, type ChosenAnchor } from './exported-anchors.js';
import { exportedEvents } from './exported-events.js';
import { EXPORT_FORMAT, EXPORT_VERSION, type ExportedRecord } from './form.js';
import { README } from './readme.js';

export interface RecordExport {
  /** Null: the whole log of the agency. */
  readonly of: HistoryOf | null;
  readonly out: string;
  readonly recipient: string | null;
  readonly withTexts: boolean;
}

export interface RecordExported {
  readonly folder: string;
  readonly events: number;
  /** Events that wait for their seal and are not in it. */
  readonly waiting: number;
  readonly size: number;
  readonly headAt: string;
  readonly anchors: number;
}

/** Errors: FORBIDDEN; NOT_FOUND for an item that is not there, or a log that is empty; ALREADY_EXISTS for the folder. */
export const exportRecord = async (
  store: Store<'app' | 'sealer'>,
  ctx: Context,
  { of, out, recipient, withTexts }: RecordExport,
): Promise<RecordExported> => {
  requireRight(ctx, 'export the record');
  const folder = resolve(out);
  if (existsSync(folder))
    throw fail('ALREADY_EXISTS', saying`${folder}: give a folder that does not exist yet`, { pointer: 'out' });
  const log = ctx.actor.agencyId;
  const head = await lastHeadOf(store, log);
  const { agency, numbers, waiting } = await withContext(store.app, ctx, async (trx) => {
    if (of !== null) await requireItem(trx, of);
    return chosen(trx, ctx, of, head.head.size);
  });
  const about =
    of === null
      ? ({ kind: 'agency', id: log } as const)
      : 'media' in of
        ? ({ kind: 'media', id: of.media } as const)
        : ({ kind: 'case', id: of.case } as const);
  await withContext(store.app, ctx, (trx) =>
    audit(trx, ctx, {
      type: 'export',
      object: about,
      detail: { format: EXPORT_FORMAT, items: numbers.length, recipient },
    }),
  );

  makeOutFolder(folder, 0o700);
  const isWhole = of === null;
  const selection = { log, size: head.head.size, numbers: isWhole ? null : numbers, withTexts };
  const sha256 = await writeEvents(join(folder, 'events.jsonl'), exportedEvents(store.sealer, selection));
  const anchors = await exportedAnchors(store.sealer, log, head.head.size, numbers);
  await writeTokens(folder, anchors);
  const signer = store.keys.ready ? await ensureSigner(store.sealer, store.keys) : null;
  const statement: ExportStatement = {
    v: 1,
    log,
    about,
    events: numbers.length,
    sha256,
    size: head.head.size,
    at: new Date().toISOString(),
    key: signer?.key ?? head.head.key,
  };
  const record: ExportedRecord = {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    agency,
    isWhole,
    statement,
    signature: signer?.sign(signedText('export', statement)).toString('hex') ?? null,
    head: { head: head.head, signature: head.signature.toString('hex') },
    keys: (await readSigningKeys(store.sealer)).map(endorsedKey),
    anchors: anchors.map(({ exported }) => exported),
  };
  await writeFile(join(folder, 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
  await writeFile(join(folder, 'README.txt'), README);
  const { at: headAt, size } = head.head;
  return { folder, events: numbers.length, waiting, size, headAt, anchors: anchors.length };
};

const lastHeadOf = async (store: Store<'sealer'>, log: string): Promise<SignedLogHead> => {
  const head = (await lastLogHeads(store.sealer)).find((signed) => signed.head.log === log);
  if (head === undefined) throw fail('NOT_FOUND', 'no event of this agency is sealed yet');
  return head;
};

/** Numbers of the events, as far as the person may see them, up to `size`. */
const chosen = async (trx: Trx, ctx: Context, of: HistoryOf | null, size: number) => {
  const { rows } = await sql<{ number: number }>`
    select s.number from audit_sealed s join audit_events e on e.uid = s.event
    where s.agency_id = app_agency() and s.number <= ${size} and ${of === null ? sql`true` : aboutItem(of)}
    order by s.number`.execute(trx);
  const waits = await sql<{ count: number }>`
    select count(*) as count from audit_events e where e.agency_id = app_agency() and ${of === null ? sql`true` : aboutItem(of)}
      and not exists (select from audit_sealed s where s.event = e.uid and s.number <= ${size})`.execute(trx);
  const { name } = await trx
    .selectFrom('agencies')
    .select('name')
    .where('id', '=', ctx.actor.agencyId)
    .executeTakeFirstOrThrow();
  return { agency: name, numbers: rows.map(({ number }) => number), waiting: waits.rows[0]?.count ?? 0 };
};

/** Answers the SHA-256, hex, of what was written. */
const writeEvents = async (path: string, events: AsyncIterable<object>): Promise<string> => {
  const hash = createHash('sha256');
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    for await (const event of events) {
      const line = `${canonicalJson(event as unknown as Json)}\n`;
      hash.update(line);
      await file.write(line);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
};

/** The token of each time stamp, and beside it the text that it is on, for whoever checks it with other tools. */
const writeTokens = async (folder: string, anchors: readonly ChosenAnchor[]): Promise<void> => {
  if (anchors.some(({ token }) => token !== null)) await mkdir(join(folder, 'anchors'), { mode: 0o700 });
  for (const { exported, token } of anchors) {
    if (token === null || exported.token === null) continue;
    await writeFile(join(folder, exported.token), token);
    await writeFile(join(folder, exported.token.replace(/\.tst$/, '.txt')), signedText('record', exported.record.head));
  }
};
