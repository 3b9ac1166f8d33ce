// The demonstration from an empty folder to a served page: draw, set up, ingest, compare, report, serve.
import { join, resolve } from 'node:path';
import { filmPairs } from '@redthread/synth';
import type { Io } from '../../app/cli/io.js';
import { bold, dim, duration, thousands } from '../../app/cli/table.js';
import { loadConfig, type Config } from '../../app/config.js';
import { reachableDefault } from '../../app/data-folder.js';
import { startServer, untilStopped } from '../../app/serve.js';
import { openStore, type Store } from '../../store/index.js';
import { sealWhatWaits } from '../../sealer/index.js';
import { readRecordState, stateLines } from '../audit/index.js';
import { listConnections } from '../connections/index.js';
import { readFunnel } from '../funnel/index.js';
import { listOperations } from '../operations/index.js';
import { checkChats } from './chats-check.js';
import { leaveReport } from './court-report.js';
import { DEFAULT_WORLD } from './default-world.js';
import { drawnWorld, type DrawnWorld, type WorldScale } from './drawn-world.js';
import { ingestAll } from './ingest-all.js';
import { claimForDemo } from './instance.js';
import { printReport, type DemoReport } from './report.js';
import { seedKeptSearch, seedLists, seedPeople, type DemoPeople } from './seed.js';
import { demoSelfTest, printSelfTest } from './self-test.js';
import { seedTogether } from './together.js';
import { checkAgainstTruth } from './truth-check.js';
import { secondPerson, seedVerdicts } from './verdicts.js';

export interface DemoInput {
  readonly data: string | undefined;
  readonly seed: number;
  readonly scale: WorldScale;
  readonly serve: boolean;
  readonly port?: number;
  readonly osAccount: string;
}

const SHOWN_CONNECTIONS = 8;
type DemoStore = Store<'app' | 'owner' | 'worker' | 'matcher' | 'sealer'>;

export const runDemo = async (io: Io, input: DemoInput): Promise<void> => {
  const config = demoConfig(io, input);
  const people = await withStore(config, async (store) => {
    await claimForDemo(store, worldName(input));
    const world = await step(io, 'Draw', () => draw(io, config, input));
    const seeded = await seedPeople(store, world, input.osAccount);
    await step(io, 'Ingest and compare', () => ingestAll(io, store, world, seeded));
    await seedLists(store, world, seeded);
    await seedKeptSearch(store, world, seeded);
    await seedVerdicts(store, seeded, input.osAccount);
    await seedTogether(store, world, seeded, await secondPerson(store, input.osAccount));
    printReport(io, await report(store, world, seeded));
    printSelfTest(io, await step(io, 'Self-test', () => demoSelfTest(store, seeded.coordinator, input.seed)));
    await sealDemo(io, store, seeded);
    const { folder, reference } = await leaveReport(store, seeded.coordinator);
    io.out(`${bold('Report', io.colour)}  of ${reference}, for a court: ${join(folder, 'report.pdf')}`);
    io.out('');
    return seeded;
  });
  if (!input.serve) {
    io.out(`${bold('See it', io.colour)}  npx redthread serve --data ${config.dataFolder}`);
    printSignIn(io, people);
    return;
  }
  const server = await startServer(config);
  io.out(`${bold('Open', io.colour)}  ${server.url}`);
  printSignIn(io, people);
  io.note(dim('Ctrl-C ends it; the same command shows it again.', io.colour));
  await untilStopped();
  await server.close();
};

const printSignIn = (io: Io, { login, password }: DemoPeople): void =>
  io.out(`${bold('Sign in', io.colour)}  ${login}   password  ${password}`);

const worldName = ({ seed, scale }: Pick<DemoInput, 'seed' | 'scale'>): string => `seed ${seed}, ${scale}`;

/** Each world has a folder of its own: `.demo`, or `.demo-7-tiny` for another than the usual one. */
const demoFolder = ({ seed, scale }: DemoInput): string =>
  seed === DEFAULT_WORLD.seed && scale === DEFAULT_WORLD.scale ? '.demo' : `.demo-${seed}-${scale}`;

/** The demonstration has a folder of its own and listens on loopback, whatever the environment says. */
const demoConfig = (io: Io, input: DemoInput): Config => {
  const { data, port } = input;
  const folder =
    data === undefined ? reachableDefault(resolve(demoFolder(input))) : { path: resolve(data), movedFrom: null };
  if (folder.movedFrom !== null)
    io.note(dim(`${folder.movedFrom} cannot be reached by the database: using ${folder.path}`, io.colour));
  const env = {
    ...process.env,
    REDTHREAD_HOST: '127.0.0.1',
    ...(port === undefined ? {} : { REDTHREAD_PORT: String(port) }),
  };
  return { ...loadConfig({ data: folder.path, env }), logLevel: 'warn' };
};

const step = async <T>(io: Io, title: string, work: () => Promise<T>): Promise<T> => {
  const startedAt = Date.now();
  io.note(bold(title, io.colour));
  const result = await work();
  io.note(dim(`  ${duration((Date.now() - startedAt) / 1000)}`, io.colour));
  return result;
};

const draw = async (io: Io, { dataFolder }: Config, { scale, seed }: DemoInput): Promise<DrawnWorld> => {
  const onProgress = (done: number, total: number): void =>
    io.live([`  ${thousands(done)} of ${thousands(total)} pictures`]);
  const world = await drawnWorld({ dataFolder, scale, seed, onProgress });
  io.settle();
  if (scale === 'small' && filmPairs(world.truth).length === 0)
    io.note(dim('  no films: they are drawn where there is ffmpeg (npm run setup)', io.colour));
  return world;
};

const withStore = async <T>(config: Config, work: (store: DemoStore) => Promise<T>): Promise<T> => {
  const store = await openStore(config, { roles: ['app', 'owner', 'worker', 'matcher', 'sealer'] });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

/** Everything up to here is under seal before it is shown. */
const sealDemo = async (io: Io, store: DemoStore, { coordinator }: DemoPeople): Promise<void> => {
  await sealWhatWaits(store);
  io.out(bold('Record', io.colour));
  stateLines(await readRecordState(store, coordinator)).forEach((line) => io.out(`  ${line}`));
  io.out('');
};

const report = async (store: DemoStore, world: DrawnWorld, { coordinator }: DemoPeople): Promise<DemoReport> => {
  const operations = await listOperations(store, coordinator);
  const operation = operations.find(({ reference }) => reference === world.operation.operation.reference);
  if (operation === undefined) throw new Error('the operation of the demonstration is not there');
  const connections = await listConnections(store, coordinator, { operation: operation.id, limit: SHOWN_CONNECTIONS });
  return {
    funnel: await readFunnel(store, coordinator, { kind: 'operation', id: operation.id }),
    connections: connections.items,
    connectionCount: connections.total,
    truth: await checkAgainstTruth(store, coordinator, world.truth),
    chats: await checkChats(store, coordinator, operation.id, world.truth),
  };
};
