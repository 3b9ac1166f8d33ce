// Raw images of disks bear no signature of their own: a table of partitions or a file system begins them, and each is held to more than its mark.

export const RAW_DISK = 'application/x-raw-disk-image';

const TABLE_AT = 446;
const ROW_BYTES = 16;
const MARK_AT = 510;
const EXT_AT = 1024;

const text = (head: Uint8Array, at: number, length: number): string =>
  Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', at, at + length);
const uint16 = (head: Uint8Array, at: number): number => head[at]! | (head[at + 1]! << 8);
const uint32 = (head: Uint8Array, at: number): number => (uint16(head, at) | (uint16(head, at + 2) << 16)) >>> 0;

/** Boot sector of FAT, exFAT or NTFS: a jump, a name, and a sector size that is one. */
const isVolume = (head: Uint8Array): boolean => {
  if (head[0] !== 0xeb && head[0] !== 0xe9) return false;
  const maker = text(head, 3, 8);
  if (maker === 'EXFAT   ') return true;
  const isSize =
    [512, 1024, 2048, 4096].includes(uint16(head, 11)) && [1, 2, 4, 8, 16, 32, 64, 128].includes(head[13]!);
  return isSize && (maker === 'NTFS    ' || text(head, 54, 3) === 'FAT' || text(head, 82, 5) === 'FAT32');
};

/** Four rows, each empty or with a start and a length behind it, and at least one in use; GPT has one for all of the disk. */
const isTable = (head: Uint8Array): boolean => {
  let used = 0;
  for (let row = 0; row < 4; row++) {
    const at = TABLE_AT + row * ROW_BYTES;
    if (head[at] !== 0 && head[at] !== 0x80) return false;
    if (head[at + 4] === 0) continue;
    if (uint32(head, at + 8) === 0 || uint32(head, at + 12) === 0) return false;
    used += 1;
  }
  return used > 0;
};

const isExt = (head: Uint8Array): boolean =>
  head.length >= EXT_AT + 128 &&
  uint16(head, EXT_AT + 56) === 0xef53 &&
  uint32(head, EXT_AT) > 0 &&
  uint32(head, EXT_AT + 24) <= 6 &&
  uint32(head, EXT_AT + 40) > 0;

const isHfs = (head: Uint8Array): boolean =>
  head.length >= EXT_AT + 4 && /^H[+X]\0[\x04\x05]/.test(text(head, EXT_AT, 4));

/** The type of a raw image of a disk or of one file system, or null. */
export const byDisk = (head: Uint8Array): string | null => {
  if (head.length < MARK_AT + 2) return null;
  const isMarked = head[MARK_AT] === 0x55 && head[MARK_AT + 1] === 0xaa;
  return (isMarked && (isVolume(head) || isTable(head))) || isExt(head) || isHfs(head) ? RAW_DISK : null;
};
