// The vectors that a verifier of exported records is held against, and that ours finds what it has to find in each.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../../../../../${path}`, import.meta.url));
const VECTORS = at('test/fixtures/record');

/** A change of one file: what the pattern finds first, or the bytes of another token. */
interface Change {
  readonly of: 'case' | 'agency';
  readonly file: string;
  readonly pattern?: string;
  readonly with?: string;
  readonly token?: string;
  readonly fault: string;
}
const CHANGES = JSON.parse(readFileSync(join(VECTORS, 'changes.json'), 'utf8')) as readonly Change[];

const verify = (folder: string, ...args: string[]): { readonly code: number; readonly said: string } => {
  try {
    return {
      code: 0,
      said: execFileSync(process.execPath, [at('tools/verify-record.mjs'), folder, ...args]).toString(),
    };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: Buffer };
    return { code: status, said: stdout.toString() };
  }
};

const changed = ({ file, of, pattern, token, with: by }: Change): string => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-vector-'));
  cpSync(join(VECTORS, of), folder, { recursive: true });
  if (token !== undefined) copyFileSync(join(folder, token), join(folder, file));
  else {
    const before = readFileSync(join(folder, file), 'utf8');
    const after = before.replace(new RegExp(pattern ?? ''), by ?? '');
    expect(after).not.toBe(before);
    writeFileSync(join(folder, file), after);
  }
  return folder;
};

describe('the vectors', () => {
  it.each(['case', 'agency'])('of a %s hold', (name) => {
    const { code, said } = verify(join(VECTORS, name), '--ca', join(VECTORS, 'authority.pem'));
    expect([code, said]).toEqual([0, expect.stringContaining('all of it holds')]);
    expect(said).toMatch(/time stamp of \S+ by CN=Test time-stamp authority: covers/);
  });

  it.each(CHANGES)('of a $of, $file changed: $fault', (change) => {
    const folder = changed(change);
    try {
      const { code, said } = verify(folder);
      expect([code, said]).toEqual([1, expect.stringContaining(change.fault)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
