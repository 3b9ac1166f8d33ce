// What a disk image is and says of itself, in one line.
import type { DiskImage } from '@redthread/core/contract';
import { bytes } from '../../app/cli/table.js';

const VERDICTS: Readonly<Record<DiskImage['verdict'], (image: DiskImage) => string>> = {
  verified: ({ stored }) => `has the hash that it stores (${hashes(stored)})`,
  differs: ({ stored, computed }) =>
    `does NOT have the hash that it stores: stored ${hashes(stored)}, computed ${hashes(computed ?? {})}`,
  unstated: ({ computed }) =>
    computed === null ? 'stores no hash of itself' : `stores no hash of itself; computed ${hashes(computed)}`,
};

const hashes = (digests: DiskImage['stored']): string =>
  Object.entries(digests)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

export const diskImageWords = (image: DiskImage): string => {
  const { path, format, parts, sizeBytes, fileSystems } = image;
  const held = fileSystems.map(({ place, type }) => (place === '' ? type : `${place} ${type}`)).join(', ');
  const split = parts === 1 ? '' : ` in ${parts} parts`;
  const kind = format === 'ewf' ? 'E01' : 'raw';
  return `disk image ${path}: ${kind}${split}, ${bytes(sizeBytes)}, ${held || 'no file system'}; it ${VERDICTS[image.verdict](image)}`;
};
