// A thousand random changes of a sealed record, by the owner's hand with triggers and policies off: verification finds each of them,
// and it is said which of them it could not find without an anchor outside of the database.
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyVault } from '../../packages/server/src/features/verify/vault.js';
import { eraseTexts } from '../../packages/server/src/features/audit/erase.js';
import { rotateSigningKey } from '../../packages/server/src/features/audit/keys.js';
import { Anchoring } from '../../packages/server/src/sealer/anchors/anchoring.js';
import { auditRefusal, dataKeyFor, ensureObjectNamer, kindKey } from '../../packages/server/src/store/index.js';
import { contextOfPerson } from './api-fixture.js';
import type { Person } from './api-world.js';
import { openRecordWorld, type RecordWorld } from './record-world.js';
import { createRandom, drawTampering, type Facts, type Tampering } from './record-tampering.js';
import { temporaryFolder } from './store-fixture.js';

const CHANGES = 1_000;
const SEED = Number(process.env['RECORD_SEED'] ?? 1);

const elsewhere = temporaryFolder();
let world: RecordWorld;
let facts: Facts;

/** Objects of the vault with their rows, as an ingest leaves them. */
const sealContent = async (person: Person, caseId: string, contents: readonly string[]): Promise<void> => {
  const { store } = world;
  for (const content of contents) {
    const mediaId = await world.world.media(person.agencyId, content);
    await store.worker.transaction().execute(async (trx) => {
      const { sha256 } = await trx
        .selectFrom('media')
        .select('sha256')
        .where('id', '=', mediaId)
        .executeTakeFirstOrThrow();
      const key = await dataKeyFor(trx, store.keys, { agencyId: person.agencyId, mediaId, caseId });
      const nameOf = await ensureObjectNamer(trx, store.keys, person.agencyId);
      for (const kind of ['original', 'clear', 'veiled'] as const) {
        const name = nameOf(sha256, kind);
        await store.vault.sealBuffer(name, kindKey(key, kind), Buffer.from(content));
        await trx
          .insertInto('vault_objects')
          .values({ agency_id: person.agencyId, media_id: mediaId, kind, name, size_bytes: content.length })
          .execute();
      }
    });
  }
};

beforeAll(async () => {
  world = await openRecordWorld({
    REDTHREAD_ANCHOR_FILE: join(elsewhere.path, 'heads.jsonl'),
    REDTHREAD_ANCHOR_INTERVAL_S: '86400',
  });
  const { store } = world;
  const anchoring = new Anchoring({ ...store.config.anchors, intervalMs: 0 });
  const people: Person[] = [];
  for (const name of ['Alpha', 'Beta']) {
    const person = await world.world.person(await world.world.agency(name), `officer of ${name}`, ['administrator']);
    people.push(person);
    const caseId = await world.world.case(person, `${name}-1`);
    const exhibitId = await world.world.exhibit(person, caseId, '7', [
      { content: `lamp of ${name}` },
      { content: `vase of ${name}` },
    ]);
    await sealContent(person, caseId, [`lamp of ${name}`, `vase of ${name}`]);
    const mediaId = await world.world.media(person.agencyId, `lamp of ${name}`);
    const listId = await world.world.list(person, `list of ${name}`, ['x']);
    const media = { kind: 'media', id: mediaId } as const;
    await world.write(person, {
      type: 'user-add',
      object: { kind: 'user', id: person.id },
      detail: { login: person.login, roles: ['officer'] },
    });
    await world.write(person, {
      type: 'case-add',
      object: { kind: 'case', id: caseId },
      detail: { reference: `${name}-1`, operation: null },
    });
    await world.seal();
    await world.write(person, {
      type: 'ingest-start',
      object: { kind: 'exhibit', id: exhibitId },
      detail: { source: '/seized/7', kind: 'folder', resumed: false, inPlace: false },
    });
    await world.write(person, {
      type: 'list-import',
      object: { kind: 'list', id: listId },
      detail: { name: 'list', version: '1', polarity: 'other', entries: 1, sha256: 'ab' },
    });
    for (let i = 0; i < 12; i += 1) {
      await world.write(person, { type: 'reveal', object: media, detail: { kind: 'clear' } }, 'identify the lamp');
      await world.write(person, { type: 'view', object: media, detail: { what: 'media', count: i } });
      if (i % 4 === 0) await world.seal();
    }
    await auditRefusal(
      store.app,
      { actor: null, login: 'stranger', purpose: null, requestId: 'r' },
      { code: 'SIGN_IN_FAILED', attempted: 'sign-in' },
    );
    await world.seal();
  }
  const [alpha, beta] = people;
  if (alpha === undefined || beta === undefined) throw new Error('two people are needed');
  // A log with a kept level of its tree.
  await sql`insert into audit_events (agency_id, user_id, login, type, request_id)
    select ${beta.agencyId}, ${beta.id}, 'officer of Beta', 'sign-out', i::text from generate_series(1, 260) i`.execute(
    store.owner,
  );
  await world.seal();
  const { actor, ...rest } = contextOfPerson(alpha, ['administrator']);
  const administrator = { ...rest, actor: { ...actor, isOperator: true } };
  // What an erasure takes is kept here for those who set the record back to before it.
  await sql`create table erased_kept as select e.uid, e.login, t.salts, 0::bigint as round from audit_events e
    join audit_salts t on t.event = e.uid join audit_sealed s on s.event = e.uid
    where s.agency_id = ${alpha.agencyId} and s.number between 2 and 4`.execute(world.hand);
  await eraseTexts(store, administrator, { numbers: [2, 3, 4], fields: ['login'], reason: 'asked to' });
  await world.seal();
  await sql`update erased_kept set round = (select max(round) from audit_record_heads)`.execute(world.hand);
  await rotateSigningKey(store, administrator);
  await world.seal();
  await anchoring.run(store.sealer);
  const { round } = await store.sealer
    .selectFrom('audit_record_heads')
    .select((e) => e.fn.max('round').as('round'))
    .executeTakeFirstOrThrow();
  facts = { anchoredRound: round, vaultFolder: store.config.vaultFolder };
  // The unsealed tail.
  for (let i = 0; i < 3; i += 1) await world.write(alpha, { type: 'sign-out', object: null, detail: {} });
});
afterAll(async () => {
  await world.close();
  elsewhere.remove();
});

class Undo extends Error {}

/** Codes of what is found with the anchors and without them. */
const tamper = async ({ apply, foundBy }: Tampering): Promise<{ found: boolean; foundWithoutAnchor: boolean }> => {
  let result = { found: false, foundWithoutAnchor: false };
  let undo: (() => void) | void = undefined;
  await world.hand
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      undo = await apply(trx);
      if (foundBy === 'vault') {
        const found = (await verifyVault(world.store)).broken.length > 0;
        result = { found, foundWithoutAnchor: found };
      } else {
        const foundWithoutAnchor = (await world.verify(trx, 'none')).faults.length > 0;
        const found = foundWithoutAnchor || (await world.verify(trx)).faults.length > 0;
        result = { found, foundWithoutAnchor };
      }
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  (undo as (() => void) | void)?.();
  return result;
};

it('is whole before anybody touches it', async () => {
  const { faults, summary } = await world.verify();
  expect(faults).toEqual([]);
  expect(summary).toMatchObject({ logs: 3, waiting: { count: 3 } });
  expect(summary.limits).toEqual([expect.stringContaining('3 events wait for their seal')]);
  expect((await verifyVault(world.store)).broken).toEqual([]);
});

it(`finds each of ${CHANGES} random changes, and says which of them need the anchor`, async () => {
  const random = createRandom(SEED);
  const missed: string[] = [];
  const byAnchorOnly = new Set<string>();
  const counts = new Map<string, number>();
  for (let i = 0; i < CHANGES; i += 1) {
    const tampering = drawTampering(random, facts);
    const { found, foundWithoutAnchor } = await tamper(tampering);
    const kind = tampering.what.split(' ')[0] ?? '';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (!found) missed.push(`${i}: ${tampering.what}`);
    if (found && !foundWithoutAnchor) byAnchorOnly.add(tampering.what);
    if (tampering.foundBy !== 'anchor' && found && !foundWithoutAnchor)
      missed.push(`${i}: ${tampering.what}, without the anchor`);
  }
  expect(missed).toEqual([]);
  expect([...byAnchorOnly]).toEqual(['roll back the record']);
  expect([...counts.values()].reduce((sum, n) => sum + n, 0)).toBe(CHANGES);
  expect((await world.verify()).faults).toEqual([]);
});

it('does not find what happens to events that no seal covers yet, and names how many there are', async () => {
  const { rows } = await sql<{ uid: string }>`select uid from audit_waiting limit 1`.execute(world.hand);
  await world.hand
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`delete from audit_events where uid = ${rows[0]?.uid}`.execute(trx);
      await sql`delete from audit_waiting where uid = ${rows[0]?.uid}`.execute(trx);
      const { faults, summary } = await world.verify(trx);
      expect(faults).toEqual([]);
      expect(summary.limits.join()).toContain('2 events wait for their seal');
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
});
