// Entries of a ZIP whose directory is lost (a download that broke off): read from the headers that stand before each entry's data.
import { parseExtraFields } from './zip-fields.js';
import type { RandomAccess } from './random-access.js';
import { LOCAL_HEADER_BYTES, LOCAL_SIGNATURE } from './zip-data.js';
import type { ZipRecord } from './zip.js';

const DESCRIPTOR_SIGNATURE = Buffer.from('PK\x07\x08', 'latin1');
const WINDOW_BYTES = 256 * 1024;
const HAS_DESCRIPTOR = 0x08;
const ZIP64_EXTRA = 0x0001;

/** Offset of the next `needle` from `from`, or null. */
const find = async (access: RandomAccess, needle: Buffer, from: number): Promise<number | null> => {
  for (let at = from; at + needle.length <= access.sizeBytes; at += WINDOW_BYTES) {
    const window = await access.read(at, WINDOW_BYTES + needle.length - 1);
    const found = window.indexOf(needle);
    if (found >= 0) return at + found;
  }
  return null;
};

interface Descriptor {
  readonly crc32: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
}

/** Sizes that follow the data (streamed archives): the first record whose stored size is the distance to it. */
const findDescriptor = async (access: RandomAccess, dataAt: number): Promise<Descriptor | null> => {
  for (let from = dataAt; ;) {
    const at = await find(access, DESCRIPTOR_SIGNATURE, from);
    if (at === null) return null;
    const record = await access.read(at, 24);
    const distance = at - dataAt;
    if (record.length >= 16 && record.readUInt32LE(8) === distance)
      return { crc32: record.readUInt32LE(4), storedBytes: distance, sizeBytes: record.readUInt32LE(12) };
    if (record.length >= 24 && Number(record.readBigUInt64LE(8)) === distance)
      return { crc32: record.readUInt32LE(4), storedBytes: distance, sizeBytes: Number(record.readBigUInt64LE(16)) };
    from = at + 4;
  }
};

/**
 * Yields the whole entries that headers in the archive describe, but those whose header offset is in `seen`. An entry whose data is cut off is
 * not yielded.
 */
export const salvageZip = async function* (access: RandomAccess, seen: ReadonlySet<number>): AsyncGenerator<ZipRecord> {
  for (let headerAt = 0; ;) {
    const header = await access.read(headerAt, LOCAL_HEADER_BYTES);
    if (header.length < LOCAL_HEADER_BYTES || header.readUInt32LE(0) !== LOCAL_SIGNATURE) return;
    const nameBytes = header.readUInt16LE(26);
    const dataAt = headerAt + LOCAL_HEADER_BYTES + nameBytes + header.readUInt16LE(28);
    const names = await access.read(headerAt + LOCAL_HEADER_BYTES, dataAt - headerAt - LOCAL_HEADER_BYTES);
    const extraFields = parseExtraFields(names.subarray(nameBytes));
    const flags = header.readUInt16LE(6);

    let found: Descriptor | null = {
      crc32: header.readUInt32LE(14),
      storedBytes: header.readUInt32LE(18),
      sizeBytes: header.readUInt32LE(22),
    };
    const zip64 = extraFields.find(({ id, data }) => id === ZIP64_EXTRA && data.length >= 16)?.data;
    if (zip64 !== undefined && found.storedBytes === 0xffffffff)
      found = {
        ...found,
        sizeBytes: Number(zip64.readBigUInt64LE(0)),
        storedBytes: Number(zip64.readBigUInt64LE(8)),
      };
    let endAt = dataAt + found.storedBytes;
    if ((flags & HAS_DESCRIPTOR) !== 0 && found.storedBytes === 0) {
      found = await findDescriptor(access, dataAt);
      if (found === null) return;
      endAt = (await find(access, Buffer.from('PK', 'latin1'), dataAt + found.storedBytes + 4)) ?? access.sizeBytes;
    }
    if (endAt > access.sizeBytes) return;
    if (!seen.has(headerAt))
      yield {
        headerAt,
        ...found,
        nameBytes: names.subarray(0, nameBytes),
        flags,
        method: header.readUInt16LE(8),
        dosTime: header.readUInt16LE(10),
        dosDate: header.readUInt16LE(12),
        unixMode: 0,
        extraFields,
      };
    headerAt = endAt;
  }
};
