// A demonstration stays one, and real work stays real: marked in the database, checked where it could be crossed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../packages/server/bin/redthread.js', import.meta.url));
const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-instance-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const redthread = (args: readonly string[], input = ''): { code: number | null; output: string } => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [BIN, ...args], {
    input,
    encoding: 'utf8',
    timeout: 200_000,
  });
  return { code: status, output: stdout + stderr };
};

describe('a demonstration', () => {
  it('finds what was drawn, takes no user, and listens on loopback only', () => {
    const data = newFolder();
    const demo = redthread(['demo', '--no-serve', '--seed', '41', '--scale', 'tiny', '--data', data]);
    expect(demo.output).toMatch(/truth: (\d+) of \1 pairs found, 0 wrong/);
    expect(demo.output).toContain(`for a court: ${join(data, 'report', 'report.pdf')}`);
    expect(demo.code).toBe(0);

    const added = redthread(
      ['user', 'add', 'real', '--role', 'officer', '--password-stdin', '--data', data],
      'a-long-password\n',
    );
    expect(added.output).toContain('DEMO_ONLY');
    expect(added.code).toBe(1);

    const other = redthread(['demo', '--no-serve', '--seed', '42', '--scale', 'tiny', '--data', data]);
    expect(other.output).toMatch(/DEMO_ONLY.*seed 41, tiny, not seed 42, tiny/);
    expect(other.code).toBe(1);

    const again = redthread(['demo', '--no-serve', '--seed', '41', '--scale', 'tiny', '--data', data]);
    expect(again.output).toMatch(/self-test \(kept from 20[0-9: -]+ UTC\): /);

    const served = redthread(['serve', '--host', '0.0.0.0', '--port', '0', '--data', data]);
    expect(served.output).toContain('DEMO_ONLY');
    expect(served.code).toBe(1);
  });

  it('is refused where real work was begun', () => {
    const data = newFolder();
    const first = [
      'user',
      'add',
      'anna',
      '--agency',
      'Unit',
      '--country',
      'ES',
      '--role',
      'administrator',
      '--no-password',
    ];
    expect(redthread([...first, '--data', data]).code).toBe(0);
    const demo = redthread(['demo', '--no-serve', '--scale', 'tiny', '--data', data]);
    expect(demo.output).toContain('DEMO_ONLY');
    expect(demo.code).toBe(1);
  });
});
