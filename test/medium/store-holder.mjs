// Holds a store open until told otherwise: prints one line of JSON when open; a line on stdin makes it close and end.
import { loadConfig } from '../../packages/server/dist/app/config.js';
import { openStore } from '../../packages/server/dist/store/index.js';

const [data, prepare = 'here'] = process.argv.slice(2);
try {
  const store = await openStore(loadConfig({ data }), { roles: ['app', 'worker'], prepare });
  process.stdout.write(`${JSON.stringify({ postgres: store.databasePid(), keys: store.keys.state })}\n`);
  process.stdin.once('data', async () => {
    await store.close();
    process.exit(0);
  });
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: error.message })}\n`);
  process.exitCode = 1;
}
