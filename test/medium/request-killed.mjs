// Carries a request out as a worker does, and is killed around a chosen commit of it: `before`, when all that it covers was done and
// is not committed, or `after`. Prints how the request stands when it was not.
import pg from 'pg';
import { loadConfig } from '../../packages/server/dist/app/config.js';
import { runRequest } from '../../packages/server/dist/features/requests/index.js';
import { openStore } from '../../packages/server/dist/store/index.js';

const [data, id, at, when] = process.argv.slice(2);
const store = await openStore(loadConfig({ data }), { roles: ['worker'] });
const die = () => process.kill(process.pid, 'SIGKILL');

let commits = 0;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (...args) {
  const text = typeof args[0] === 'string' ? args[0] : args[0]?.text;
  if (text !== 'commit') return query.apply(this, args);
  commits += 1;
  if (commits !== Number(at)) return query.apply(this, args);
  if (when === 'before') die();
  return query.apply(this, args).then(die);
};

process.stdout.write(await runRequest(store, id));
await store.close();
process.exit(0);
