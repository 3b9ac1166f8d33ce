// What the tests of the ingest share: a store with people and cases, drawn pictures on disk, and a dump of everything
// that is stored in a form that does not depend on ids, order or time.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import type { Context } from '@redthread/core/domain';
import { liveProcesses, runnerOf } from '../../packages/server/src/app/processes.js';
import { startProcesses, type Supervisor } from '../../packages/server/src/app/supervisor.js';
import { dataKeysToRead, kindKey, type Store, type VaultKind } from '../../packages/server/src/store/index.js';
import { drawnRoom } from '../support/drawn.js';
import { ApiWorld } from './api-world.js';
import { openNewStore } from './new-store.js';
import { eventually, temporaryFolder } from './store-fixture.js';

export type FullStore = Store<'app' | 'owner' | 'worker'>;

export interface IngestWorld {
  readonly store: FullStore;
  readonly folder: string;
  readonly data: string;
  /** An officer of a new agency, with a case of that reference. */
  officer(agency: string, caseReference: string, operationId?: string): Promise<Context>;
  readonly world: ApiWorld;
  /** Starts a worker, a matcher and a sealer, as a server has them: no ingest starts its own. */
  work(): Promise<void>;
  close(): Promise<void>;
}

export const openIngestWorld = async (env: Readonly<Record<string, string>> = {}): Promise<IngestWorld> => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const store = await openNewStore(data, ['app', 'owner', 'worker'], env);
  const world = new ApiWorld(store);
  const processes: Supervisor[] = [];
  return {
    store,
    folder: folder.path,
    data,
    world,
    officer: async (agency, caseReference, operationId) => {
      const agencyId = await world.agency(agency);
      const person = await world.person(agencyId, `officer of ${agency}`);
      await world.case(person, caseReference, operationId ?? null, operationId !== undefined);
      const actor = { userId: person.id, agencyId, login: person.login, roles: ['officer'] };
      return { actor, purpose: null, requestId: 'test' };
    },
    work: async () => {
      processes.push(startProcesses(store.config, { workers: 1, matcher: true, sealer: true }));
      const kinds = ['worker', 'matcher', 'sealer'] as const;
      const live = () => liveProcesses(runnerOf(store.worker), kinds);
      await eventually('all processes live', async () => (await live()).length === kinds.length, 60_000);
    },
    close: async () => {
      for (const supervisor of processes) await supervisor.stop();
      await store.close();
      folder.remove();
    },
  };
};

export const writeAt = (path: string, bytes: Uint8Array | string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  // The same time in every world, so that two of them can be compared.
  utimesSync(path, 1_700_000_000, 1_700_000_000);
};

const drawn = new Map<number, Promise<Buffer>>();
const BASES = 4;
const [BASE_WIDTH, BASE_HEIGHT] = [1200, 900];

/**
 * A picture that differs from those of other seeds: a window of one of a few drawn rooms. A room is drawn once in a run,
 * cutting a window takes a few milliseconds, and windows of one room are compared by their parts, pair by pair.
 */
export const picture = async (
  seed: string | number,
  width = 320,
  height = 240,
  { rooms = BASES } = {},
): Promise<Buffer> => {
  const random = createHash('sha256').update(`window ${seed}`).digest();
  const base = random.readUInt8(0) % rooms;
  const room = drawn.get(base) ?? drawnRoom({ seed: `base ${base}`, width: BASE_WIDTH, height: BASE_HEIGHT });
  drawn.set(base, room);
  const scale = 0.35 + (0.3 * random.readUInt8(1)) / 255;
  const window = { width: Math.round(BASE_WIDTH * scale), height: Math.round(BASE_HEIGHT * scale) };
  const left = Math.round(((BASE_WIDTH - window.width) * random.readUInt16BE(2)) / 65_535);
  const top = Math.round(((BASE_HEIGHT - window.height) * random.readUInt16BE(4)) / 65_535);
  return sharp(await room)
    .extract({ left, top, ...window })
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: 80 })
    .toBuffer();
};

/**
 * Everything that is stored, sorted, without ids and times of our own; what later stages may or may not have come to only where they
 * were waited for, and metadata never.
 */
export const dump = async (store: FullStore, { withParts = false } = {}): Promise<Record<string, string[]>> => ({
  exhibits: await lines(
    store,
    `c.reference, e.reference, e.kind, e.state, e.files_seen, e.bytes_seen, encode(e.container_sha256, 'hex'), e.error_code`,
    `exhibits e join cases c on c.id = e.case_id`,
  ),
  occurrences: await lines(
    store,
    `c.reference, e.reference, o.path, o.raw_name, o.container, o.size_bytes, o.state, o.error_code,
       encode(m.sha256, 'hex'), o.source_times #>> '{0,text}'`,
    `occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = o.case_id left join media m on m.id = o.media_id`,
  ),
  media: await lines(
    store,
    `a.name, encode(m.sha256, 'hex'), encode(m.sha1, 'hex'), encode(m.md5, 'hex'), m.size_bytes, m.mime, m.kind, m.width,
       m.height, m.state, m.error_code, m.comparable, encode(r.sha256, 'hex')`,
    `media m join agencies a on a.id = m.agency_id left join media r on r.id = m.representative_id`,
  ),
  signals: await lines(
    store,
    `encode(c.sha256, 'hex'), s.method, s.version, s.decoder, s.quality, encode(s.value, 'hex')`,
    `signals s join contents c on c.id = s.content_id where ${withParts} or s.method <> 'local-features'`,
  ),
  matches: await lines(
    store,
    `least(aa.name || encode(a.sha256, 'hex'), ab.name || encode(b.sha256, 'hex')),
       greatest(aa.name || encode(a.sha256, 'hex'), ab.name || encode(b.sha256, 'hex')), x.grade, x.method, x.version, x.value,
       x.threshold, x.bits, x.decoder`,
    `matches x join media a on a.id = x.media_a join media b on b.id = x.media_b
       join agencies aa on aa.id = x.agency_a join agencies ab on ab.id = x.agency_b
       where ${withParts} or x.grade not in ('partial', 'same scene')`,
  ),
  work: await lines(
    store,
    `a.name, encode(m.sha256, 'hex'), w.stage, w.state, w.error_code`,
    `work w join media m on m.id = w.media_id join agencies a on a.id = m.agency_id 
       where w.stage in ('decode', 'match') or ${withParts} and w.stage in ('features', 'parts')`,
  ),
  vault: await vaultLines(store),
});

const lines = async (store: FullStore, columns: string, from: string): Promise<string[]> => {
  const { rows } = await sql
    .raw<{ row: unknown }>(`select jsonb_build_array(${columns}) as row from ${from}`)
    .execute(store.owner);
  return rows.map(({ row }) => JSON.stringify(row)).sort();
};

interface ObjectRow {
  readonly agency: string;
  readonly sha256: Buffer;
  readonly mediaId: string;
  readonly kind: VaultKind;
  readonly name: string;
}

/** Digests of what the sealed objects open to; the number of files says that nothing else lies in the vault. */
const vaultLines = async (store: FullStore): Promise<string[]> => {
  const { rows } = await sql<ObjectRow>`select a.name as agency, m.sha256, m.id as "mediaId", v.kind, v.name
    from vault_objects v join media m on m.id = v.media_id join agencies a on a.id = m.agency_id`.execute(store.owner);
  const keys = await store.worker
    .transaction()
    .execute((trx) => dataKeysToRead(trx, store.keys, [...new Set(rows.map(({ mediaId }) => mediaId))]));
  const described = await Promise.all(
    rows.map(async ({ agency, sha256, mediaId, kind, name }) => {
      const key = keys.get(mediaId);
      if (key === undefined) return `${agency} ${sha256.toString('hex')} ${kind} has no key`;
      const plain = await store.vault.readAll(name, kindKey(key, kind));
      return `${agency} ${sha256.toString('hex')} ${kind} ${createHash('sha256').update(plain).digest('hex')}`;
    }),
  );
  return [...described.sort(), `${filesBelow(store.config.vaultFolder)} files`];
};

const filesBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, String(name))).isFile()).length;
