// What a sender of an ingest is asked for, told of its own agency alone; and archives that it leaves to the server.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';
import { zipOf } from './media-archives.js';
import { clientWith, entry, hex, open, pack, type Client } from './protocol-client.js';

let api: ApiFixture;
let anna: Person;
let ben: Person;

beforeAll(async () => {
  api = await openFixture();
  const [alpha, beta] = [await api.world.agency('Alpha'), await api.world.agency('Beta', 'PT')];
  anna = await api.person(alpha, 'anna');
  ben = await api.person(beta, 'ben');
  await api.world.case(anna, 'A-1');
  await api.world.case(ben, 'B-1');
});
afterAll(() => api.close());

describe('what is needed', () => {
  const contents = Array.from({ length: 30 }, () => randomBytes(500));
  const entries = contents.map((bytes, i) => entry(`files/${i}`, bytes));

  const ask = async (client: Client): Promise<string> => {
    const { id } = await open(client);
    return (await client.call('POST', `/ingests/${id}/batches`, { entries })).body;
  };
  const sendAll = async (client: Client, id: string, some: readonly number[]): Promise<void> => {
    await client.bytes('POST', `/ingests/${id}/packs`, pack(...some.flatMap((i) => contents[i] ?? [])));
    const batch = { entries: some.flatMap((i) => entries[i] ?? []) };
    expect((await client.call('POST', `/ingests/${id}/batches`, batch)).json()).toMatchObject({ stored: true });
  };

  it('is answered the same whether or not another agency holds it, or is sending it', async () => {
    const [asAnna, asBen] = [await clientWith(api, anna), await clientWith(api, ben)];
    const { id: ours } = await open(asAnna);
    await sendAll(asAnna, ours, [0, 1, 2]);
    const before = await ask(asAnna);
    const { id } = await open(asBen, { case: 'B-1' });
    await sendAll(asBen, id, [2, 3, 4, 5]);
    await asBen.bytes('POST', `/ingests/${id}/packs`, pack(...contents.slice(6, 9)));
    expect(await ask(asAnna)).toBe(before);
    const needed = (JSON.parse(before) as { needed: { sha256: string }[] }).needed;
    expect(needed.map(({ sha256: digest }) => digest)).toEqual(contents.slice(3).map(hex));
  });

  it('counts what another exhibit is sending as needed, and never as held', async () => {
    const client = await clientWith(api, anna);
    const bytes = randomBytes(40);
    const [one, two] = [await open(client), await open(client)];
    await client.bytes('POST', `/ingests/${one.id}/packs`, pack(bytes));
    const batch = { entries: [entry('x', bytes)] };
    expect((await client.call('POST', `/ingests/${two.id}/batches`, batch)).json().needed).toHaveLength(1);
    expect((await client.call('POST', `/ingests/${one.id}/batches`, batch)).json().stored).toBe(true);
    expect((await client.call('POST', `/ingests/${two.id}/batches`, batch)).json().stored).toBe(true);
  });
});

describe('archives that a sender does not open', () => {
  it('are walked by the server after its end', async () => {
    const client = await clientWith(api, anna);
    const { id, exhibitId } = await open(client, { archives: 'server' });
    const inner = zipOf([{ name: 'deep.txt', data: Buffer.from('deep') }]);
    const zip = zipOf([
      { name: 'a.txt', data: Buffer.from('in the archive') },
      { name: 'inner.zip', data: inner },
    ]);
    await client.bytes('POST', `/ingests/${id}/packs`, pack(zip));
    const broken = zip.subarray(0, zip.length - 40);
    await client.bytes('POST', `/ingests/${id}/packs`, pack(broken));
    const batch = { entries: [entry('sent/all.zip', zip), entry('sent/broken.zip', broken)] };
    await client.call('POST', `/ingests/${id}/batches`, batch);
    const end = { interrupted: false, files: 2, bytes: zip.length, unread: 0 };
    for (let time = 0; time < 2; time += 1)
      expect((await client.call('POST', `/ingests/${id}/end`, end)).statusCode).toBe(204);
    await expect
      .poll(async () => (await client.call('GET', `/ingests/${id}`)).json().state, { timeout: 20_000 })
      .toBe('processing');
    const rows = await api.store.owner
      .selectFrom('occurrences')
      .select(['path', 'container', 'error_code'])
      .where('exhibit_id', '=', exhibitId)
      .orderBy('path')
      .execute();
    expect(rows).toEqual(
      expect.arrayContaining([
        { path: 'sent/all.zip', container: null, error_code: null },
        { path: 'sent/all.zip/a.txt', container: 'sent/all.zip', error_code: null },
        { path: 'sent/all.zip/inner.zip', container: 'sent/all.zip', error_code: null },
        { path: 'sent/all.zip/inner.zip/deep.txt', container: 'sent/all.zip/inner.zip', error_code: null },
        { path: 'sent/broken.zip', container: null, error_code: 'ARCHIVE_CORRUPT' },
      ]),
    );
  });
});
