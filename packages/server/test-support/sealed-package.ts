// Packages as somebody sends them, with keys that are the same in each run: for tests.
import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageManifest } from '@redthread/core/contract';
import { newEnvelope, sealedPackage } from '../src/formats/package/envelope.js';
import { fingerprintOf, keyPairs } from '../src/formats/package/keys.js';
import { manifestBytes } from '../src/formats/package/manifest.js';

const keysOf = (fill: number) => {
  const pairs = keyPairs(Buffer.alloc(32, fill));
  return { ...pairs, fingerprint: fingerprintOf(pairs) };
};
export const [sender, receiver, other] = [keysOf(1), keysOf(2), keysOf(3)];

export const manifestOf = (id: string, content: Buffer): PackageManifest => ({
  form: 'redthread package manifest v1',
  id,
  from: { agency: 'Police of Nowhere', country: 'ES', fingerprint: sender.fingerprint },
  to: receiver.fingerprint,
  at: '2026-11-30T12:00:00.000Z',
  subject: 'case ES-1',
  handling: 'TLP:AMBER',
  purpose: null,
  scheme: 'vic-default@2.0',
  leftOut: [],
  counts: { media: 1, files: 2 },
  notes: [],
  content: {
    form: 'VICS 2.0 media set',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  },
});

/** Written in parts of `step` bytes. */
export const sealedIn = async (folder: string, content: Buffer, step: number, signer = sender) => {
  const id = randomUUID();
  const envelope = newEnvelope(id, receiver);
  async function* parts() {
    for (let at = 0; at < content.length; at += step) yield content.subarray(at, at + step);
    yield manifestBytes(manifestOf(id, content), envelope.line, signer);
  }
  const sealed: Buffer[] = [];
  for await (const part of sealedPackage(envelope, parts())) sealed.push(part);
  const path = join(folder, id);
  writeFileSync(path, Buffer.concat(sealed));
  return { id, path };
};
