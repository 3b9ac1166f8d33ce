// Starting the server: where somebody listens already the port is named, and nothing is left running; what connects is answered by a
// process of its own, which may be killed.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startServer } from '../../packages/server/src/app/serve.js';
import { findPostmaster } from '../../packages/server/src/store/embedded/postmaster.js';
import { hashPassword } from '../../packages/server/src/features/accounts/index.js';
import { openStore } from '../../packages/server/src/store/index.js';
import { PASSWORD } from './api-fixture.js';
import { ApiWorld } from './api-world.js';
import { configFor, temporaryFolder } from './store-fixture.js';

it('names the port that is taken', async () => {
  const folder = temporaryFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const data = join(folder.path, 'data');
  const env = { REDTHREAD_PORT: String(port), REDTHREAD_WORKERS: '0', REDTHREAD_LOG_LEVEL: 'silent' };
  try {
    await expect(startServer(configFor(data, env))).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      detail: expect.stringContaining(String(port)) as string,
    });
    expect(findPostmaster(join(data, 'postgres'))).toBeNull();
  } finally {
    other.close();
    folder.remove();
  }
});

/** The children of this process whose program is that. */
const childrenThatRun = (program: string): number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program));

it('answers what connects by a process of its own, with a memory of its own, and by the next one where that is killed', async () => {
  const folder = temporaryFolder();
  const config = configFor(join(folder.path, 'data'), {
    REDTHREAD_PORT: '0',
    REDTHREAD_WORKERS: '0',
    REDTHREAD_LOG_LEVEL: 'silent',
    REDTHREAD_CONNECTIONS_MEMORY_MB: '512',
  });
  const server = await startServer(config);
  const owner = await openStore(config, { roles: ['owner'] });
  try {
    const world = new ApiWorld(owner);
    const agency = await world.agency('Alpha');
    const anna = await world.person(agency, 'anna', ['officer'], await hashPassword(PASSWORD));
    const caseId = await world.case(anna, 'A-1', await world.operation('Tantalus', [agency]), false);
    for (const reference of ['1', '2']) await world.exhibit(anna, caseId, reference, [{ content: 'lamp' }]);
    const session = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'anna', password: PASSWORD }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const asked = async (): Promise<unknown> => {
      const answer = await fetch(`${server.url}/api/v1/connections`, { headers: { cookie } });
      const { total, code } = (await answer.json()) as { total?: number; code?: string };
      return total ?? code;
    };
    expect(await asked()).toBe(1);
    const [connector, ...others] = childrenThatRun('connector/main');
    expect(others).toEqual([]);
    expect(readFileSync(`/proc/${connector}/cmdline`, 'utf8')).toContain('--max-old-space-size=512');
    expect(readFileSync(`/proc/${connector}/environ`, 'utf8')).not.toContain('MASTER_KEY');
    process.kill(connector ?? 0, 'SIGKILL');
    await expect.poll(asked, { timeout: 10_000 }).toBe(1);
    expect(childrenThatRun('connector/main')).not.toEqual([connector]);
  } finally {
    await owner.close();
    await server.close();
    folder.remove();
  }
});
