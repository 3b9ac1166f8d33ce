// The self-test from end to end on few pictures: real drawing, real decoder children, the result kept, and who may see it.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SelfTest } from '@redthread/core/contract';
import { keepSelfTest, lastSelfTest, runSelfTest } from '../../packages/server/src/features/selftest/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
let anna: Person;
let gil: Person;
let result: SelfTest;

/** Other tests make self-tests too: this one has a place of its own for what passes. */
const scratch = mkdtempSync(join(tmpdir(), 'redthread-scratch-'));
const leftovers = (): string[] => readdirSync(scratch).filter((name) => name.startsWith('redthread-selftest-'));

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  anna = await api.person(await world.agency('Alpha'), 'anna');
  gil = await api.person(await world.agency('Gamma', 'FR'), 'gil');
  chmodSync(scratch, 0o711);
  vi.stubEnv('TMPDIR', scratch);
  result = await runSelfTest({ seed: 5, pictures: 6 });
});
afterAll(async () => {
  await api.close();
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true });
});

describe('the run', () => {
  it('finds every copy within the floor and confuses nothing', () => {
    expect(result.misses).toEqual([]);
    expect(result.falseMatches.together.errors).toBe(0);
    expect(result).toMatchObject({ pictures: 6, notProposed: 0, holds: true });
    expect(result.copies).toBe(result.edits.reduce((sum, { copies }) => sum + copies, 0));
    expect(result.falseMatches.together.nearMiss.comparisons).toBeGreaterThan(1000);
    expect(result.decoders[0]).toContain('libvips');
  });

  it('has the form of its contract', () => {
    expect(SelfTest.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it('leaves nothing behind, also when it is interrupted', async () => {
    const controller = new AbortController();
    const onProgress = (step: string): void => {
      if (step === 'decode') controller.abort(new Error('enough'));
    };
    const interrupted = runSelfTest({ seed: 5, pictures: 2, signal: controller.signal, onProgress });
    await expect(interrupted).rejects.toThrow('enough');
    expect(leftovers()).toEqual([]);
  });
});

describe('what is kept of it', () => {
  it('is added with its event, and the last one is shown to its agency alone', async () => {
    const asAnna = await api.signIn('anna');
    expect((await asAnna.get('/api/v1/self-test')).json()).toEqual({ last: null });
    await keepSelfTest(api.store, contextOfPerson(anna), { ...result, seed: 4 });
    const id = await keepSelfTest(api.store, contextOfPerson(anna), result);
    expect((await asAnna.get('/api/v1/self-test')).json()).toMatchObject({ last: { id, login: 'anna', result } });
    const events = (await asAnna.get('/api/v1/audit?type=self-test')).json().items;
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ objectKind: 'self-test', objectId: id, detail: { seed: 5, holds: true } });

    const asGil = await api.signIn('gil');
    expect((await asGil.get('/api/v1/self-test')).json()).toEqual({ last: null });
    expect(await lastSelfTest(api.store, contextOfPerson(gil))).toBeNull();
  });

  it('is refused to whoever has no role for it', async () => {
    const reviewer = contextOfPerson(anna, ['reviewer']);
    await expect(keepSelfTest(api.store, reviewer, result)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(lastSelfTest(api.store, contextOfPerson(anna, []))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await lastSelfTest(api.store, reviewer)).not.toBeNull();
  });

  it('is never changed or removed by the web', async () => {
    const { withContext } = await import('../../packages/server/src/store/index.js');
    const denied = { code: '42501' };
    const ctx = contextOfPerson(anna);
    const change = withContext(api.store.app, ctx, (trx) =>
      trx.updateTable('self_tests').set({ login: 'x' }).execute(),
    );
    await expect(change).rejects.toMatchObject(denied);
    const remove = withContext(api.store.app, ctx, (trx) => trx.deleteFrom('self_tests').execute());
    await expect(remove).rejects.toMatchObject(denied);
  });
});
