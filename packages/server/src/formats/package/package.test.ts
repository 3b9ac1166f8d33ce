// A package as a file: whatever is put under its seal comes out again, and whoever changes a byte of it, or reads it with another key, gets nothing.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf, other, receiver, sealedIn, sender } from '../../../test-support/sealed-package.js';
import { openPackage, readHead } from './envelope.js';
import { exchangeKeyFile, readExchangeKey } from './keys.js';
import { acknowledgement, isAcknowledgedBy, readManifest } from './manifest.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-package-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readAgain = async (path: string, own = receiver) => {
  const { line, reader } = await openPackage(path, own);
  try {
    const { isBy, manifest } = await readManifest(reader, line);
    const parts: Buffer[] = [];
    for await (const part of reader.range(0, manifest.content.bytes)) parts.push(Buffer.from(part));
    return { manifest, isBy, content: Buffer.concat(parts) };
  } finally {
    await reader.close();
  }
};

const MIB = 1024 * 1024;
/** Around the ends of chunks, and of any size below. */
const sizes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 5000 }) },
  { weight: 1, arbitrary: fc.constantFrom(MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 77) },
);

describe('a package', () => {
  it('gives its content and its manifest again, of any size and written in any parts', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 100, max: 3 * MIB }), async (size, step) => {
        const content = randomBytes(size);
        const { id, path } = await sealedIn(folder, content, step);
        const again = await readAgain(path);
        expect(again.manifest).toEqual(manifestOf(id, content));
        expect(again.content.equals(content)).toBe(true);
        expect([again.isBy(sender.signing), again.isBy(other.signing)]).toEqual([true, false]);
        rmSync(path);
      }),
      { numRuns: 40 },
    );
  });

  it('is refused when any byte of it was changed, or its end was cut off', async () => {
    const { path } = await sealedIn(folder, randomBytes(3000), 1000);
    const bytes = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ by;
          writeFileSync(path, changed);
          await expect(readAgain(path)).rejects.toMatchObject({
            code: expect.stringMatching(/^(PACKAGE_INVALID|PACKAGE_NOT_FOR_US|VAULT_CORRUPT)$/) as string,
          });
          writeFileSync(path, bytes.subarray(0, at));
          await expect(readAgain(path)).rejects.toMatchObject({ code: 'PACKAGE_INVALID' });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('opens for its receiver alone, and says in clear no more than for whom it is', async () => {
    const { id, path } = await sealedIn(folder, Buffer.from('a lamp'), 100);
    expect((await readHead(path)).head).toMatchObject({ id, for: receiver.fingerprint });
    expect(readFileSync(path).includes('Nowhere')).toBe(false);
    await expect(readAgain(path, other)).rejects.toMatchObject({ code: 'PACKAGE_NOT_FOR_US' });
    const claims = { ...other, fingerprint: receiver.fingerprint };
    await expect(readAgain(path, claims)).rejects.toMatchObject({ code: 'PACKAGE_INVALID' });
  });

  it('that somebody else signed is not its sender’s', async () => {
    const { path } = await sealedIn(folder, Buffer.from('a lamp'), 100, other);
    expect((await readAgain(path)).isBy(sender.signing)).toBe(false);
  });
});

describe('a key file', () => {
  const text = exchangeKeyFile(sender, 'Police of Nowhere', 'ES');
  it('gives the same key again, and its fingerprint', () => {
    expect(readExchangeKey(`\uFEFF${text}`)).toMatchObject({
      agency: 'Police of Nowhere',
      country: 'ES',
      fingerprint: sender.fingerprint,
      signing: sender.signing,
      opening: sender.opening,
    });
    expect(sender.fingerprint).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4}){7}$/);
  });

  it('that was changed in any word is refused', () => {
    const swapped = text.replace(sender.opening.toString('hex'), other.opening.toString('hex'));
    for (const changed of [text.replace('Nowhere', 'Elsewhere'), text.replace('"ES"', '"FR"'), swapped, '{}', 'no']) {
      expect(changed).not.toBe(text);
      expect(() => readExchangeKey(changed)).toThrow('PACKAGE_KEY_INVALID');
    }
  });
});

it('an acknowledgement holds for what it says, and for nothing else', () => {
  const said = { package: randomUUID(), sha256: 'a'.repeat(64), items: 3, at: '2026-11-30T12:00:00.000Z' };
  const one = acknowledgement(receiver, { ...said, by: receiver.fingerprint });
  expect(isAcknowledgedBy(receiver.signing, one)).toBe(true);
  expect(isAcknowledgedBy(sender.signing, one)).toBe(false);
  for (const change of [{ items: 2 }, { sha256: 'b'.repeat(64) }, { package: randomUUID() }])
    expect(isAcknowledgedBy(receiver.signing, { ...one, ...change })).toBe(false);
});
