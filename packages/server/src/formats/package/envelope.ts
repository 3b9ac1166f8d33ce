// A package as a file: a line of JSON in clear that says for whom it is, then the seal of the vault (AES-256-GCM in STREAM, chunks of 1 MiB) under a key that
// the receiver alone can work out: HKDF-SHA256 over X25519 of a fresh pair and the receiver's key. The line is bound to the key, so that it cannot be changed.
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Fingerprint } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { z } from 'zod';
import { CHUNK_BYTES, newHeader, ObjectReader, sealChunk } from '../../store/index.js';
import { jsonOf } from './json.js';
import { keyPairs, type KeyPairs } from './keys.js';

export const PACKAGE_FORM = 'redthread package v1';
const LONGEST_HEAD = 4096;

export const PackageHead = z.object({
  form: z.literal(PACKAGE_FORM),
  id: z.uuid(),
  /** Fingerprint of the key that opens it. */
  for: Fingerprint,
  /** Public half of the fresh pair. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PackageHead = z.infer<typeof PackageHead>;

const keyOf = (secret: Buffer, line: Buffer, receiver: Buffer): Buffer =>
  Buffer.from(
    hkdfSync(
      'sha256',
      secret,
      receiver,
      Buffer.concat([Buffer.from(`${PACKAGE_FORM}\n`), createHash('sha256').update(line).digest()]),
      32,
    ),
  );

export interface NewEnvelope {
  readonly line: Buffer;
  readonly key: Buffer;
}

export const newEnvelope = (
  id: string,
  receiver: { readonly fingerprint: string; readonly opening: Buffer },
): NewEnvelope => {
  const fresh = keyPairs(randomBytes(32));
  const head: PackageHead = { form: PACKAGE_FORM, id, for: receiver.fingerprint, key: fresh.opening.toString('hex') };
  const line = Buffer.from(`${JSON.stringify(head)}\n`);
  return { line, key: keyOf(fresh.agree(receiver.opening), line, receiver.opening) };
};

/** The line, and everything that is given under the seal: one chunk in memory, whatever its size. */
export async function* sealedPackage(
  { key, line }: NewEnvelope,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, void> {
  const header = newHeader();
  yield Buffer.concat([line, header]);
  let parts: Uint8Array[] = [];
  let held = 0;
  let index = 0;
  for await (const bytes of content) {
    parts.push(bytes);
    held += bytes.length;
    // A full chunk is sealed only when more follows: only then is it known not to be the last.
    if (held <= CHUNK_BYTES) continue;
    let pending = Buffer.concat(parts);
    while (pending.length > CHUNK_BYTES) {
      yield Buffer.concat(sealChunk(key, header, index, false, pending.subarray(0, CHUNK_BYTES)));
      pending = pending.subarray(CHUNK_BYTES);
      index += 1;
    }
    [parts, held] = [[pending], pending.length];
  }
  yield Buffer.concat(sealChunk(key, header, index, true, Buffer.concat(parts)));
}

export interface OpenedPackage {
  readonly head: PackageHead;
  readonly line: Buffer;
  readonly reader: ObjectReader;
}

/** The clear line of a file. Errors: PACKAGE_INVALID, SOURCE_UNREADABLE. */
export const readHead = async (path: string): Promise<{ readonly head: PackageHead; readonly line: Buffer }> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fail('SOURCE_UNREADABLE', `${path} (${(error as NodeJS.ErrnoException).code ?? ''})`, { cause: error });
  });
  try {
    const bytes = Buffer.alloc(LONGEST_HEAD);
    const { bytesRead } = await file.read(bytes, 0, LONGEST_HEAD, 0);
    const end = bytes.subarray(0, bytesRead).indexOf(0x0a);
    if (end < 0) throw notOne(path);
    const line = bytes.subarray(0, end + 1);
    const head = PackageHead.safeParse(jsonOf(line.toString('utf8')));
    if (!head.success) throw notOne(path);
    return { head: head.data, line };
  } finally {
    await file.close();
  }
};

const notOne = (path: string): Error =>
  fail('PACKAGE_INVALID', `${path} does not begin as a package of Redthread does`);

/** Errors: PACKAGE_NOT_FOR_US, PACKAGE_INVALID. */
export const openPackage = async (
  path: string,
  own: KeyPairs & { readonly fingerprint: string },
): Promise<OpenedPackage> => {
  const { head, line } = await readHead(path);
  if (head.for !== own.fingerprint)
    throw fail('PACKAGE_NOT_FOR_US', `it is for the key ${head.for}, and ours is ${own.fingerprint}`);
  try {
    const key = keyOf(own.agree(Buffer.from(head.key, 'hex')), line, own.opening);
    return { head, line, reader: await ObjectReader.open(path, 'package', key, line.length) };
  } catch (error) {
    throw fail('PACKAGE_INVALID', `${path}: its seal does not hold: it was changed or cut off`, { cause: error });
  }
};
