// Puts the results of decoding on record: renditions on disk first, then signals, media and work in one transaction.
// Done twice (a lease that ran out while its holder still worked), it leaves the same.
import { sql, type Transaction } from 'kysely';
import { throughRestarts } from '../app/through-restarts.js';
import { hasLength } from '@redthread/core/graph';
import { completeWork, failWork, queueNext, requeueWork } from '../features/work/index.js';
import type { Database, StagedObject, Store } from '../store/index.js';
import type { Decoded, DecodeResult, Undecoded } from './decode-result.js';
import { markLost } from './originals.js';
import { insertSignals, isComparable } from './signals.js';

type Trx = Transaction<Database>;

/** Errors: DISK_FULL, DB_UNREACHABLE; then the leases run out and the jobs come again. */
export const storeResults = async (store: Store<'worker'>, results: readonly DecodeResult[]): Promise<void> => {
  if (results.length === 0) return;
  const decoded = results.filter((result) => result.kind === 'decoded');
  const undecoded = results.filter((result) => result.kind !== 'decoded');
  await store.vault.commit(decoded.flatMap(({ objects }) => objects.map(({ object }) => object)));
  await throughRestarts(() =>
    store.worker.transaction().execute(async (trx) => {
      await insertSignals(
        trx,
        decoded.map(({ original, seen }) => ({ contentId: original.contentId, seen })),
      );
      await insertRenditions(trx, decoded);
      await updateDecoded(trx, decoded);
      await updateUndecoded(trx, undecoded);
      await markLost(
        trx,
        results.flatMap(({ lost }) => lost),
      );
      // Every content is compared, the undecodable ones by their bytes; featureless pictures have no part that could be found.
      await queueNext(
        trx,
        'match',
        results.filter(({ kind }) => kind !== 'retry'),
      );
      const comparable = decoded.filter(({ seen }) => isComparable(seen));
      const isFilm = ({ seen }: Decoded): boolean => hasLength(seen.signals);
      await queueNext(
        trx,
        'features',
        comparable.filter((one) => !isFilm(one)),
      );
      // The features of films came with their frames.
      await queueNext(trx, 'parts', comparable.filter(isFilm));
      await completeWork(
        trx,
        decoded.map(({ lease }) => lease.workId),
      );
      for (const state of ['failed', 'quarantined'] as const) await failWork(trx, state, failures(undecoded, state));
      await requeueWork(trx, failures(undecoded, 'retry'));
    }),
  );
};

const failures = (undecoded: readonly Undecoded[], kind: Undecoded['kind']) =>
  undecoded
    .filter((result) => result.kind === kind)
    .map(({ lease, code, detail }) => ({ workId: lease.workId, code, detail }));

const insertRenditions = async (trx: Trx, decoded: readonly Decoded[]): Promise<void> => {
  if (decoded.length === 0) return;
  const objects = decoded.flatMap(({ lease, objects: own }) => own.map((one) => ({ lease, ...one })));
  if (objects.length === 0) return;
  const column = <T>(read: (object: StagedObject) => T): T[] => objects.map(({ object }) => read(object));
  await sql`insert into vault_objects (agency_id, media_id, kind, name, size_bytes)
    select * from unnest(${objects.map(({ lease }) => lease.agencyId)}::uuid[],
      ${objects.map(({ lease }) => lease.mediaId)}::uuid[], ${objects.map(({ kind }) => kind)}::text[],
      ${column(({ name }) => name)}::text[], ${column(({ sizeBytes }) => sizeBytes)}::bigint[])
    on conflict (media_id, kind) do update set size_bytes = excluded.size_bytes`.execute(trx);
};

const updateDecoded = async (trx: Trx, decoded: readonly Decoded[]): Promise<void> => {
  if (decoded.length === 0) return;
  await sql`update media m set width = d.width, height = d.height, comparable = d.comparable, duration_ms = d.duration,
      storyboard = d.storyboard::jsonb, loudness = d.loudness::smallint[], error_code = d.note, error_detail = null, state = case when d.note is null then 'ready' else 'partial' end
    from unnest(${decoded.map(({ lease }) => lease.mediaId)}::uuid[], ${decoded.map(({ seen }) => seen.widthPx)}::integer[],
      ${decoded.map(({ seen }) => seen.heightPx)}::integer[],
      ${decoded.map(({ seen }) => isComparable(seen))}::boolean[],
      ${decoded.map(({ seen }) => seen.notes[0] ?? null)}::text[],
      ${decoded.map(({ seen }) => seen.durationMs)}::bigint[],
      ${decoded.map(({ seen }) => (seen.storyboard === null ? null : JSON.stringify(seen.storyboard)))}::text[],
      ${decoded.map(({ seen }) => (seen.loudness === null ? null : `{${seen.loudness.join(',')}}`))}::text[])
      as d (id, width, height, comparable, note, duration, storyboard, loudness)
    where m.id = d.id`.execute(trx);
};

const updateUndecoded = async (trx: Trx, undecoded: readonly Undecoded[]): Promise<void> => {
  const final = undecoded.filter(({ kind }) => kind !== 'retry');
  if (final.length === 0) return;
  await sql`update media m set state = d.state, error_code = d.code, error_detail = d.detail
    from unnest(${final.map(({ lease }) => lease.mediaId)}::uuid[], ${final.map(({ kind }) => kind)}::text[],
      ${final.map(({ code }) => code)}::text[], ${final.map(({ detail }) => detail)}::text[])
      as d (id, state, code, detail)
    where m.id = d.id and m.state = 'pending'`.execute(trx);
};
