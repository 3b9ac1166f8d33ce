// Disks of a few hundred kilobytes, made byte by byte: no mkfs is needed.

export interface FatFile {
  /** `NOTES.TXT`, in capitals, 8 and 3; with one folder before it. */
  readonly path: string;
  readonly data: Buffer;
  readonly deleted?: boolean;
  /** Where it lies, where it is not behind the file before it; or the cluster that a record in error names. */
  readonly cluster?: number;
  readonly sizeBytes?: number;
}

const SECTOR = 512;
const SECTORS = 400;
const FAT_SECTORS = 2;
const ROOT_ENTRIES = 112;
const DATA_AT = (1 + 2 * FAT_SECTORS + (ROOT_ENTRIES * 32) / SECTOR) * SECTOR;
const END_OF_FILE = 0xfff;
/** 2025-06-01 12:00:00 */
const [DATE, TIME] = [((2025 - 1980) << 9) | (6 << 5) | 1, 12 << 11];

const record = (name: string, attributes: number, cluster: number, sizeBytes: number, deleted = false): Buffer => {
  const [base = '', extension = ''] = name.startsWith('.') ? [name] : name.split('.');
  const row = Buffer.alloc(32);
  row.write(base.padEnd(8) + extension.padEnd(3), 0, 'latin1');
  if (deleted) row[0] = 0xe5;
  row[11] = attributes;
  row.writeUInt16LE(TIME, 14);
  row.writeUInt16LE(DATE, 16);
  row.writeUInt16LE(DATE, 18);
  row.writeUInt16LE(TIME, 22);
  row.writeUInt16LE(DATE, 24);
  row.writeUInt16LE(cluster, 26);
  row.writeUInt32LE(sizeBytes, 28);
  return row;
};

/** A FAT12 volume of 400 sectors, a cluster each. */
export const fatVolume = (files: readonly FatFile[]): Buffer => {
  const disk = Buffer.alloc(SECTORS * SECTOR);
  Buffer.from('eb3c90', 'hex').copy(disk);
  disk.write('REDTHRED', 3, 'latin1');
  disk.writeUInt16LE(SECTOR, 11);
  disk[13] = 1;
  disk.writeUInt16LE(1, 14);
  disk[16] = 2;
  disk.writeUInt16LE(ROOT_ENTRIES, 17);
  disk.writeUInt16LE(SECTORS, 19);
  disk[21] = 0xf8;
  disk.writeUInt16LE(FAT_SECTORS, 22);
  disk[38] = 0x29;
  disk.write('TOYDISK    FAT12   ', 43, 'latin1');
  disk.writeUInt16LE(0xaa55, 510);

  const fat = new Map<number, number>([
    [0, 0xff8],
    [1, END_OF_FILE],
  ]);
  const at = (cluster: number): number => DATA_AT + (cluster - 2) * SECTOR;
  let free = 2;
  const place = (data: Buffer, isLinked: boolean, from = free): number => {
    const clusters = Math.max(1, Math.ceil(data.length / SECTOR));
    data.copy(disk, at(from));
    for (let i = 0; isLinked && i < clusters; i++) fat.set(from + i, i + 1 === clusters ? END_OF_FILE : from + i + 1);
    free = Math.max(free, from + clusters);
    return from;
  };
  const root: Buffer[] = [];
  const folders = new Map<string, Buffer[]>();
  for (const { path, data, deleted = false, cluster, sizeBytes = data.length } of files) {
    const [name = '', folder] = path.split('/').reverse();
    const rows = folder === undefined ? root : (folders.get(folder) ?? []);
    if (folder !== undefined) folders.set(folder, rows);
    rows.push(
      record(name, 0x20, data.length === 0 ? (cluster ?? 0) : place(data, !deleted, cluster), sizeBytes, deleted),
    );
  }
  for (const [name, rows] of folders) {
    const own = free;
    const listed = Buffer.concat([record('.', 0x10, own, 0), record('..', 0x10, 0, 0), ...rows]);
    place(listed, true);
    root.push(record(name, 0x10, own, 0));
  }
  for (const [cluster, next] of fat) {
    for (const copy of [0, 1]) {
      const base = SECTOR * (1 + copy * FAT_SECTORS) + Math.floor(cluster * 1.5);
      const old = disk.readUInt16LE(base);
      disk.writeUInt16LE(cluster % 2 === 0 ? (old & 0xf000) | next : (old & 0x000f) | (next << 4), base);
    }
  }
  Buffer.concat(root).copy(disk, SECTOR * (1 + 2 * FAT_SECTORS));
  return disk;
};

export interface DiskPart {
  readonly type: number;
  readonly data: Buffer;
}

const FIRST_SECTOR = 63;

/** A disk with a table of partitions. */
export const diskOf = (parts: readonly DiskPart[]): Buffer => {
  const table = Buffer.alloc(FIRST_SECTOR * SECTOR);
  let start = FIRST_SECTOR;
  for (const [index, { type, data }] of parts.entries()) {
    const row = 446 + 16 * index;
    table[row + 4] = type;
    table.writeUInt32LE(start, row + 8);
    table.writeUInt32LE(data.length / SECTOR, row + 12);
    start += data.length / SECTOR;
  }
  table.writeUInt16LE(0xaa55, 510);
  return Buffer.concat([table, ...parts.map(({ data }) => data)]);
};
