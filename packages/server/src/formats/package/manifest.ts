// What a package says of itself, signed by its sender, and what its receiver signs in return. Under the seal stand what is said of each media, the manifest,
// its signature and its length: the manifest comes last, so that a package is written in one go, and its digests are those of what was written.
import { createHash } from 'node:crypto';
import { PackageManifest, type Acknowledgement } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { ObjectReader } from '../../store/index.js';
import { PACKAGE_FORM } from './envelope.js';
import { jsonOf } from './json.js';
import { isSigned, type KeyPairs } from './keys.js';

const LENGTH_BYTES = 4;
const SIGNATURE_BYTES = 64;
const TAIL_BYTES = SIGNATURE_BYTES + LENGTH_BYTES;
const LONGEST_MANIFEST = 1024 * 1024;

/** Bound to the clear line, and so to the fresh key: a signature serves for one package. */
const signedText = (line: Buffer, manifest: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`${PACKAGE_FORM} signature\n`),
    createHash('sha256').update(line).digest(),
    createHash('sha256').update(manifest).digest(),
  ]);

/** The end of what is sealed. */
export const manifestBytes = (manifest: PackageManifest, line: Buffer, keys: KeyPairs): Buffer => {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([bytes, keys.sign(signedText(line, bytes)), length]);
};

export interface ReadManifest {
  readonly manifest: PackageManifest;
  /** Whether it was signed by the holder of this key. */
  isBy(signing: Buffer): boolean;
}

const invalid = (what: string): Error => fail('PACKAGE_INVALID', what);

const bytesOf = async (reader: ObjectReader, from: number, to: number): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of reader.range(from, to)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

/** Errors: PACKAGE_INVALID, VAULT_CORRUPT. */
export const readManifest = async (reader: ObjectReader, line: Buffer): Promise<ReadManifest> => {
  const { sizeBytes } = reader;
  if (sizeBytes < TAIL_BYTES) throw invalid('it has no manifest');
  const tail = await bytesOf(reader, sizeBytes - TAIL_BYTES, sizeBytes);
  const length = tail.readUInt32BE(SIGNATURE_BYTES);
  const begin = sizeBytes - TAIL_BYTES - length;
  if (length > LONGEST_MANIFEST || begin < 0) throw invalid('it has no manifest');
  const text = await bytesOf(reader, begin, begin + length);
  const parsed = PackageManifest.safeParse(jsonOf(text.toString('utf8')));
  if (!parsed.success) throw invalid('its manifest is none');
  if (parsed.data.content.bytes !== begin) throw invalid('its content has another size than its manifest says');
  const signature = tail.subarray(0, SIGNATURE_BYTES);
  return { manifest: parsed.data, isBy: (signing) => isSigned(signing, signedText(line, text), signature) };
};

type Said = Omit<Acknowledgement, 'form' | 'signature'>;
const ACKNOWLEDGEMENT = 'redthread acknowledgement v1';

const acknowledgedText = ({ at, by, items, package: id, sha256 }: Said): Buffer =>
  Buffer.from(JSON.stringify([ACKNOWLEDGEMENT, id, sha256, items, at, by]));

export const acknowledgement = (keys: KeyPairs, said: Said): Acknowledgement => ({
  form: ACKNOWLEDGEMENT,
  ...said,
  signature: keys.sign(acknowledgedText(said)).toString('hex'),
});

export const isAcknowledgedBy = (signing: Buffer, one: Acknowledgement): boolean =>
  isSigned(signing, acknowledgedText(one), Buffer.from(one.signature, 'hex'));
