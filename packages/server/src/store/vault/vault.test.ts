import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHUNK_BYTES, kindKey } from './format.js';
import { Vault } from './vault.js';

const folder = mkdtempSync(join(tmpdir(), 'redthread-vault-'));
const key = randomBytes(32);
let vault: Vault;
beforeAll(async () => void (vault = await Vault.open(folder)));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const collect = async (name: string, start?: number, end?: number): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of vault.openRange(name, key, start, end)) parts.push(part);
  return Buffer.concat(parts);
};
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => (error as { code?: string }).code ?? error,
  );

const SIZES = [0, 1, 15, 65_536, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 777];

describe('round trips', () => {
  it.each(SIZES)('%i bytes, sealed whole or streamed, read whole or streamed', async (size) => {
    const plain = randomBytes(size);
    const [whole, streamed] = [nameOf(`whole ${size}`), nameOf(`streamed ${size}`)];
    await vault.sealBuffer(whole, key, plain);
    const pieces = Array.from({ length: Math.ceil(size / 100_003) }, (_, i) =>
      plain.subarray(i * 100_003, (i + 1) * 100_003),
    );
    expect(await vault.sealStream(streamed, key, pieces)).toBe(size);
    for (const name of [whole, streamed]) {
      expect((await vault.readAll(name, key)).equals(plain)).toBe(true);
      expect((await collect(name)).equals(plain)).toBe(true);
      expect(await vault.exists(name)).toBe(true);
    }
  });

  it('any range of a content of four chunks', async () => {
    const plain = randomBytes(3 * CHUNK_BYTES + 777);
    const name = nameOf('ranges');
    await vault.sealBuffer(name, key, plain);
    const edges = fc.oneof(
      fc.nat(plain.length + 10),
      fc.constantFrom(0, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, plain.length),
    );
    await fc.assert(
      fc.asyncProperty(edges, edges, async (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        return (await collect(name, start, end)).equals(plain.subarray(start, end));
      }),
      { numRuns: 60 },
    );
  });

  it('says the authenticated size before a byte is read', async () => {
    const reader = await vault.openObject(nameOf('ranges'), key);
    expect(reader.sizeBytes).toBe(3 * CHUNK_BYTES + 777);
    await reader.close();
  });

  it('seals the same bytes differently each time, and each kind under its own key', async () => {
    const plain = Buffer.alloc(1000, 1);
    await vault.sealBuffer(nameOf('same a'), key, plain);
    await vault.sealBuffer(nameOf('same b'), key, plain);
    const sealed = ['same a', 'same b'].map((text) => readFileSync(vault.pathOf(nameOf(text))));
    expect(sealed[0]?.subarray(16).equals(sealed[1]?.subarray(16) ?? Buffer.alloc(0))).toBe(false);
    expect(kindKey(key, 'clear').equals(kindKey(key, 'veiled'))).toBe(false);
    expect(await refusal(vault.readAll(nameOf('same a'), kindKey(key, 'clear')))).toBe('VAULT_CORRUPT');
  });
});

describe('what was changed does not open', () => {
  const sealed = async (text: string, size: number): Promise<{ name: string; path: string; bytes: Buffer }> => {
    const name = nameOf(text);
    await vault.sealBuffer(name, key, randomBytes(size));
    const path = vault.pathOf(name);
    return { name, path, bytes: readFileSync(path) };
  };
  const expectCorrupt = async (name: string): Promise<void> => {
    expect(await refusal(vault.readAll(name, key))).toBe('VAULT_CORRUPT');
    expect(await refusal(collect(name))).toBe('VAULT_CORRUPT');
  };

  it('every single byte of a small object, flipped', async () => {
    const { name, path, bytes } = await sealed('flip', 40);
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
      writeFileSync(path, changed);
      await expectCorrupt(name);
    }
    writeFileSync(path, bytes);
    expect((await vault.readAll(name, key)).length).toBe(40);
  });

  it('an object cut off anywhere, at the border of a chunk too', async () => {
    const { name, path, bytes } = await sealed('cut', 2 * CHUNK_BYTES + 500);
    const border = 16 + CHUNK_BYTES + 16;
    for (const length of [0, 8, 16, 20, 32, border - 1, border, border + 16, 2 * border - 16, bytes.length - 1]) {
      writeFileSync(path, bytes);
      truncateSync(path, length);
      await expectCorrupt(name);
    }
    writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(1)]));
    await expectCorrupt(name);
  });

  it('two chunks swapped, one repeated, and one of another object', async () => {
    const { name, path, bytes } = await sealed('swap', 3 * CHUNK_BYTES);
    const other = await sealed('swap other', 3 * CHUNK_BYTES);
    const chunk = (from: Buffer, index: number): Buffer =>
      from.subarray(16 + index * (CHUNK_BYTES + 16), 16 + (index + 1) * (CHUNK_BYTES + 16));
    const header = bytes.subarray(0, 16);
    const [a, b, c] = [chunk(bytes, 0), chunk(bytes, 1), chunk(bytes, 2)];
    for (const parts of [
      [b, a, c],
      [a, a, c],
      [a, c],
      [a, chunk(other.bytes, 1), c],
    ]) {
      writeFileSync(path, Buffer.concat([header, ...parts]));
      await expectCorrupt(name);
    }
  });

  it('releases verified chunks only: a good first one is given, a bad second one is not', async () => {
    const { name, path, bytes } = await sealed('partly', 3 * CHUNK_BYTES);
    bytes[16 + CHUNK_BYTES + 16 + 5] = (bytes[16 + CHUNK_BYTES + 16 + 5] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect((await collect(name, 0, CHUNK_BYTES)).length).toBe(CHUNK_BYTES);
    expect(await refusal(collect(name, 0, CHUNK_BYTES + 1))).toBe('VAULT_CORRUPT');
    expect((await collect(name, 2 * CHUNK_BYTES)).length).toBe(CHUNK_BYTES);
  });

  it('an object that is gone is said to be missing', async () => {
    await vault.sealBuffer(nameOf('gone'), key, Buffer.from('x'));
    await vault.remove(nameOf('gone'));
    expect(await refusal(vault.readAll(nameOf('gone'), key))).toBe('VAULT_MISSING');
    expect(await refusal(collect(nameOf('gone')))).toBe('VAULT_MISSING');
    expect(await vault.exists(nameOf('gone'))).toBe(false);
  });
});

describe('unfinished objects', () => {
  const unfinished = (): string[] => readdirSync(join(folder, 'tmp'));

  it('leaves nothing behind after success, abort, discard and a source that fails', async () => {
    const sealer = vault.stageStream(key);
    await sealer.write(randomBytes(2 * CHUNK_BYTES));
    expect(unfinished()).toHaveLength(1);
    await sealer.abort();
    await vault.discard([vault.stageBuffer(nameOf('discarded'), key, Buffer.alloc(10))]);
    const failing = async function* () {
      yield randomBytes(2 * CHUNK_BYTES);
      throw new Error('the source broke');
    };
    await expect(vault.sealStream(nameOf('broken'), key, failing())).rejects.toThrow('the source broke');
    expect(await vault.exists(nameOf('broken'))).toBe(false);
    expect(unfinished()).toEqual([]);
  });

  it('makes a batch visible only when all of it is on the disk', async () => {
    const staged = Array.from({ length: 50 }, (_, i) =>
      vault.stageBuffer(nameOf(`batch ${i}`), key, Buffer.alloc(i, i)),
    );
    expect(await vault.exists(nameOf('batch 7'))).toBe(false);
    await vault.commit(staged);
    expect((await vault.readAll(nameOf('batch 7'), key)).equals(Buffer.alloc(7, 7))).toBe(true);
    expect(unfinished()).toEqual([]);
  });

  it('clears what dead writers left, and nothing of living ones', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(join(folder, 'tmp', `${hostname()}~${dead}-1~1~aa`), '');
    writeFileSync(join(folder, 'tmp', 'another-machine~5-5~1~bb'), '');
    const living = vault.stageBuffer(nameOf('living'), key, Buffer.alloc(1));
    await Vault.open(folder);
    expect(unfinished()).toHaveLength(2);
    expect(unfinished()).toContain('another-machine~5-5~1~bb');
    await vault.commit([living]);
    rmSync(join(folder, 'tmp', 'another-machine~5-5~1~bb'));
  });
});
