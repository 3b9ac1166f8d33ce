// Starting the server where somebody listens already: the port is named, and nothing is left running.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startServer } from '../../packages/server/src/app/serve.js';
import { findPostmaster } from '../../packages/server/src/store/embedded/postmaster.js';
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
