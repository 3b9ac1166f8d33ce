// Anchors of the record: a file that is only added to, a time-stamp authority, what happens when they cannot be reached, and that
// a record which was set back is found by them.
import { appendFileSync, copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Anchoring } from '../../packages/server/src/sealer/anchors/anchoring.js';
import { readAnchorFile } from '../../packages/server/src/sealer/index.js';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import { countOf, openRecordWorld, type RecordWorld } from './record-world.js';
import { temporaryFolder } from './store-fixture.js';
import { startAuthority, type TestAuthority } from './time-stamp-authority.js';

const elsewhere = temporaryFolder();
const file = join(elsewhere.path, 'heads.jsonl');
let authority: TestAuthority;
let world: RecordWorld;
let anna: Person;

beforeAll(async () => {
  authority = await startAuthority(elsewhere.path);
  world = await openRecordWorld({
    REDTHREAD_ANCHOR_FILE: file,
    REDTHREAD_ANCHOR_TSA_URL: authority.url,
    REDTHREAD_ANCHOR_TSA_CA_FILE: authority.caFile,
    // The test says when.
    REDTHREAD_ANCHOR_INTERVAL_S: '86400',
  });
  anna = await world.world.person(await world.world.agency('Alpha'), 'anna');
});
afterAll(async () => {
  await world.close();
  await authority.close();
  elsewhere.remove();
});

const settings = () => world.store.config.anchors;
/** An anchoring that finds everything due. */
const anchoring = () => new Anchoring({ ...settings(), intervalMs: 0 });
const grow = async (): Promise<void> => {
  await world.write(anna, { type: 'sign-out', object: null, detail: {} });
  await world.seal();
};
const codes = (status: Anchoring['status']) => Object.fromEntries(status.map(({ code, kind }) => [kind, code]));

describe('anchors', () => {
  it('are made in both places, once a head, and hold what is sealed', async () => {
    await grow();
    const both = anchoring();
    await both.run(world.store.sealer);
    expect(codes(both.status)).toEqual({ file: null, tsa: null });
    const made = await countOf(world.store.sealer, 'audit_anchors');
    await both.run(world.store.sealer);
    expect(await countOf(world.store.sealer, 'audit_anchors')).toBe(made);
    const { faults, summary } = await world.verify();
    expect(faults).toEqual([]);
    expect(summary.limits).toEqual([]);
    expect(summary.lastAnchorAt).toBe(summary.lastHeadAt);
  });

  it('wait for their interval', async () => {
    await grow();
    const later = new Anchoring({ ...settings(), intervalMs: 3_600_000 });
    const made = await countOf(world.store.sealer, 'audit_anchors');
    await later.run(world.store.sealer);
    expect(await countOf(world.store.sealer, 'audit_anchors')).toBe(made);
    expect((await world.verify()).summary.limits.join()).toMatch(/The newest anchored head is of .*cut off again/);
  });

  it.each([
    ['fails', 'ANCHOR_UNREACHABLE'],
    ['stamps something else', 'ANCHOR_INVALID'],
    ['refuses', 'ANCHOR_UNREACHABLE'],
  ] as const)(
    'an authority that %s is named by its code, tried again, and keeps nothing else from being done',
    async (answer, code) => {
      await grow();
      authority.answer = answer;
      const both = anchoring();
      await both.run(world.store.sealer);
      expect(codes(both.status)).toEqual({ file: null, tsa: code });
      await grow();
      const asked = authority.asked();
      await both.run(world.store.sealer);
      expect(authority.asked(), 'not before its time').toBe(asked);
      authority.answer = 'stamps';
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await both.run(world.store.sealer);
      expect(codes(both.status)).toEqual({ file: null, tsa: null });
      expect((await world.verify()).faults).toEqual([]);
    },
  );

  it('a file that is gone is not begun anew, and one of another store is not written to', async () => {
    await grow();
    renameSync(file, `${file}.away`);
    const gone = anchoring();
    await gone.run(world.store.sealer, ['file']);
    expect(codes(gone.status)['file']).toBe('ANCHOR_UNREACHABLE');
    expect((await world.verify()).faults).toMatchObject([{ code: 'ANCHOR_UNREACHABLE' }]);
    const foreign = readFileSync(`${file}.away`, 'utf8')
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.replace(/"key":"[0-9a-f]+"/, '"key":"0123456789abcdef"');
    writeFileSync(file, `${foreign ?? ''}\n`);
    const another = anchoring();
    await another.run(world.store.sealer, ['file']);
    expect(codes(another.status)['file']).toBe('ANCHOR_FOREIGN');
    renameSync(`${file}.away`, file);
    await another.run(world.store.sealer, ['file']);
    expect((await world.verify()).faults).toEqual([]);
  });

  it('a line that a crash has torn is left as it is, and the next one follows', async () => {
    const whole = readFileSync(file, 'utf8');
    await grow();
    appendFileSync(file, whole.slice(0, 40));
    await anchoring().run(world.store.sealer, ['file']);
    const lines = await readAnchorFile(file);
    expect(lines.filter(({ content }) => content === null)).toHaveLength(1);
    expect((await world.verify()).faults).toEqual([]);
  });

  it.each([
    ['a line that was changed', (text: string) => text.replace(/"size":1\}/, '"size":2}')],
    ['a line that was taken out', (text: string) => text.split('\n').slice(1).join('\n')],
    [
      'lines that were swapped',
      (text: string) =>
        [...text.trimEnd().split('\n').slice(0, 2).reverse(), ...text.trimEnd().split('\n').slice(2)].join('\n'),
    ],
    ['the last line taken out', (text: string) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`],
  ])('%s is found', async (_what, change) => {
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, change(whole));
    const { faults } = await world.verify();
    writeFileSync(file, whole);
    expect(faults.map(({ code }) => code)).toContain('ANCHOR_INVALID');
    expect((await world.verify()).faults).toEqual([]);
  });
});

describe('a record that was set back', () => {
  /** Everything after a round, gone without a trace. */
  const setBack = async (trx: Transaction<Database>, round: number): Promise<void> => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`delete from audit_events e using audit_sealed s where s.event = e.uid and s.number >
      (select max(h.size) from audit_heads h where h.agency_id = s.agency_id and h.round <= ${round})`.execute(trx);
    await sql`delete from audit_salts t where not exists (select from audit_events e where e.uid = t.event)`.execute(
      trx,
    );
    await sql`delete from audit_sealed s where not exists (select from audit_events e where e.uid = s.event)`.execute(
      trx,
    );
    for (const table of ['audit_heads', 'audit_record_heads', 'audit_anchors'])
      await sql`delete from ${sql.table(table)} where round > ${round}`.execute(trx);
  };
  const undone = new Error('undone');
  const verifySetBack = async (round: number) => {
    let verified: Awaited<ReturnType<RecordWorld['verify']>> | null = null;
    await world.hand
      .transaction()
      .execute(async (trx) => {
        await setBack(trx, round);
        verified = await world.verify(trx);
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return verified as Awaited<ReturnType<RecordWorld['verify']>> | null;
  };

  it('is found by the anchor file, and by nothing without one', async () => {
    const found = await verifySetBack(2);
    expect(found?.faults.map(({ code }) => code)).toContain('RECORD_ROLLED_BACK');
    expect(found?.faults.map(({ detail }) => detail).join()).toMatch(/the log of Alpha had \d+ events and has 2/);

    const kept = `${file}.kept`;
    copyFileSync(file, kept);
    writeFileSync(file, `${readFileSync(file, 'utf8').split('\n').slice(0, 1).join('\n')}\n`);
    const withoutLaterLines = await verifySetBack(2);
    renameSync(kept, file);
    expect(withoutLaterLines?.faults).toEqual([]);
    expect(withoutLaterLines?.summary.limits.join()).toContain('cannot be found');
  });

  it('is not found when it was set back to after the last anchor, which the report says', async () => {
    await anchoring().run(world.store.sealer);
    const { round } = await world.store.sealer
      .selectFrom('audit_record_heads')
      .select((e) => e.fn.max('round').as('round'))
      .executeTakeFirstOrThrow();
    await grow();
    await grow();
    const found = await verifySetBack(round + 1);
    expect(found?.faults).toEqual([]);
    expect(found?.summary.limits.join()).toContain('cut off again as a whole cannot be found');
  });
});
