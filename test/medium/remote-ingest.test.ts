// An ingest over the network leaves what one on the server's own machine would have left, and reports the same.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { writeZip, writeTar } from '@redthread/synth';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { dump, openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';
import { openRemoteWorld, send, type RemoteWorld, type RunningServer } from './remote-world.js';

let near: IngestWorld;
let far: RemoteWorld;
let server: RunningServer;
let ctx: Context;
let key: string;
let source: string;

beforeAll(async () => {
  near = await openIngestWorld();
  far = await openRemoteWorld();
  await near.officer('Unit', 'ES-1');
  ctx = await far.officer('Unit', 'ES-1');
  server = await far.serve();
  key = await far.keyFile(ctx);
  source = join(near.folder, 'seized');
  for (let i = 0; i < 30; i += 1) writeAt(join(source, `${i % 3}`, `${i}.jpg`), await picture(i % 20, 200, 150));
});
afterAll(async () => {
  await far?.close();
  await near?.close();
});
it('x', async () => {
  const sent = await send(server.url, key, { source, caseReference: 'ES-1', exhibit: '1' }).ended;
  console.log(sent);
  expect(sent.exitCode).toBe(0);
  void [mkdirSync, rmSync, writeFileSync, randomBytes, writeZip, writeTar, ingestExhibit, dump, describe];
});
