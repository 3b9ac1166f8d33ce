// What a process costs before it does anything: processor time, which a busy machine hardly changes, from start to end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../packages/server/dist/app/config.js';
import { openStore } from '../../packages/server/dist/store/index.js';
import { inRoot } from '../../scripts/lib/repository.mjs';

const PROGRAM = inRoot('packages/server/bin/redthread.js');
const packed = (path) => inRoot(`packages/server/dist/program/${path}`);

/** Loaded by each process first: writes down at its end what it took. */
const CLOCK = `const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.BENCH_CPU, String((user + system) / 1000));
});`;

/** Processor time in milliseconds of one run. */
const costOf = async ({ tempDir }, args, env = {}, input = '') => {
  const [clock, out] = [join(tempDir, 'clock.cjs'), join(tempDir, 'cpu')];
  const child = spawn(process.execPath, ['--require', clock, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, BENCH_CPU: out, ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdin.on('error', () => undefined).end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}\n${said}`);
  return Number(readFileSync(out, 'utf8'));
};

export const prepare = async (context) => {
  chmodSync(context.tempDir, 0o711);
  writeFileSync(join(context.tempDir, 'clock.cjs'), CLOCK);
  const data = join(context.tempDir, 'data');
  const user = ['user', 'add', 'vera', '--agency', 'Costa Clara', '--country', 'ES', '--password-stdin'];
  await costOf(context, [PROGRAM, ...user, '--data', data], {}, 'postcards and stamps 1');
  // PostgreSQL runs for as long as somebody holds the store open: its start is no part of what is measured.
  return { data, store: await openStore(loadConfig({ data }), { roles: ['app'] }) };
};

export const finish = async (_context, prepared) => {
  await prepared?.store.close();
};

const row = (name, set, argsOf) => ({
  name,
  unit: 'ms CPU',
  better: 'lower',
  run: async (context, { data }) => ({
    value: await costOf(context, argsOf(data), { REDTHREAD_DATA: data }),
    n: 1,
    set,
    peer: 'node -e 0',
    peerVersion: process.versions.node,
    peerValue: await costOf(context, ['-e', '0']),
  }),
});

export const rows = [
  row('start-version', 'redthread --version', () => [PROGRAM, '--version']),
  row('start-help', 'redthread --help: the modules of all commands', () => [PROGRAM, '--help']),
  row('start-command', 'redthread case list on an open store', () => [PROGRAM, 'case', 'list']),
  row('start-worker', 'a worker: opens the store, and is told to end', () => [packed('worker/main.js')]),
  row('start-matcher', 'a matcher: the same', () => [packed('matcher/main.js')]),
  row('start-decoder', 'a decoder child that is given nothing', () => [
    packed('media/decode/decoder-child.js'),
    'sharp',
  ]),
];
