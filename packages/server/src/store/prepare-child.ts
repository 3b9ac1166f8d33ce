// Entry of the short-lived process that prepares the database for one that must not see the owner's password.
import { isRedthreadError } from '@redthread/core/errors';
import { loadConfig } from '../app/config.js';
import { openStore } from './database.js';

try {
  const store = await openStore(loadConfig(), { roles: ['app', 'worker', 'matcher', 'sealer'], prepare: 'here' });
  await store.close();
} catch (error) {
  process.stderr.write(isRedthreadError(error) ? error.message : `INTERNAL: ${String(error)}`);
  process.exitCode = 1;
}
