import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { makeOwnFolder } from './own-folder.js';

it('is for its owner alone, and takes away what the dead have left and nothing of the living', () => {
  const parent = mkdtempSync(join(tmpdir(), 'redthread-own-folder-'));
  try {
    const living = makeOwnFolder('redthread-report', parent);
    expect(statSync(living).mode & 0o777).toBe(0o700);
    const [what, host] = basename(living).split('~');
    const kept = [`${what}~elsewhere~1-1~aa`, `redthread-other~${host}~1-1~aa`, `${what}`, `${what}~${host}~1-1`];
    for (const name of [...kept, `${what}~${host}~1-1~aa`]) mkdirSync(join(parent, name));
    const next = makeOwnFolder('redthread-report', parent);
    expect(readdirSync(parent).sort()).toEqual([...kept, basename(living), basename(next)].sort());
  } finally {
    rmSync(parent, { recursive: true });
  }
});
