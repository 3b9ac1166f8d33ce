// A store of its own for one run: an agency, an officer and a case, and the ingest as the program does it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { openStore } from '../../../packages/server/dist/store/index.js';

/** Of whom there is one in each world. */
const OFFICER = { agency: 'Bench', login: 'bench', caseReference: 'B-1' };

/** An agency with an officer and a case. */
const addOfficer = async ({ owner }, { agency: name, login, caseReference }) => {
  const agency = await owner
    .insertInto('agencies')
    .values({ name, country: 'ES' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const user = await owner
    .insertInto('users')
    .values({
      agency_id: agency.id,
      login,
      display_name: login,
      password_hash: null,
      os_account: null,
      roles: ['officer'],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('cases')
    .values({ agency_id: agency.id, reference: caseReference, operation_id: null, created_by: user.id })
    .execute();
  return { userId: user.id, agencyId: agency.id, login, roles: ['officer'] };
};

/** Set up before the clock starts; `close` takes everything away again. */
export const openWorld = async (context) => {
  const data = mkdtempSync(join(context.tempDir, 'data-'));
  // The database runs as another user when we are root, and has to pass.
  for (const folder of [context.tempDir, data]) chmodSync(folder, 0o711);
  const config = { ...loadConfig({ data, env: {} }), workers: context.cores, hashThreads: context.cores };
  const store = await openStore(config, { roles: ['app', 'owner', 'worker'] });
  await addOfficer(store, OFFICER);
  return {
    store,
    config,
    addOfficer: (officer) => addOfficer(store, officer),
    /**
     * Runs `redthread ingest`, over the network where a server's address and a key file are given; `onStart` gets its process
     * id. Answers the seconds until the exhibit is complete.
     */
    ingest: async (source, exhibit, { wait = true, onStart = () => undefined, server, keyFile, as = OFFICER } = {}) => {
      const where =
        server === undefined ? ['--data', data, '--as', as.login] : ['--server', server, '--key-file', keyFile];
      const args = ['ingest', source, '--case', as.caseReference, '--exhibit', exhibit, '--json', ...where];
      const result = await runProgram(context, wait ? args : [...args, '--no-wait'], onStart);
      if (wait && result.state !== 'complete') throw new Error(`the exhibit is ${result.state}`);
      const failed = result.progress.reduce((sum, stage) => sum + stage.failed, 0);
      if (failed > 0 || result.unread > 0) throw new Error(`${failed} failed, ${result.unread} unread`);
      return { seconds: result.durationMs / 1000, files: result.files };
    },
    close: async () => {
      await store.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
};

export const PROGRAM = fileURLToPath(new URL('../../../packages/server/bin/redthread.js', import.meta.url));

/** A process of its own, as it is used: what the benchmark holds in memory is not the program's. */
const runProgram = async ({ cores }, args, onStart) => {
  const env = { ...process.env, REDTHREAD_WORKERS: String(cores), REDTHREAD_HASH_THREADS: String(cores) };
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onStart(child.pid);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`redthread ingest ended with ${code}`);
  return JSON.parse(output);
};
