// What the programs of sleuthkit print, line by line: partitions (mmls) and files (fls -l -p).
import { decodedName, type DecodedName } from '../names.js';
import { diskTime } from '../source-times.js';
import type { Deletion, SourceTime } from '../types.js';

export interface Partition {
  /** 1 for the first that is in use. */
  readonly number: number;
  readonly startSector: number;
  readonly sectors: number;
  readonly description: string;
}

export interface PartitionTable {
  readonly sectorBytes: number;
  readonly partitions: readonly Partition[];
}

const MOST_PARTITIONS = 256;

/** `002:  000:000   0000000063   0000016064   0000016002   DOS FAT12 (0x01)`; those that are not in use have no number. */
export const partitionsOf = (text: string): PartitionTable => {
  const sectorBytes = Number(/Units are in (\d{3,5})-byte sectors/.exec(text)?.[1] ?? 512);
  const partitions: Partition[] = [];
  for (const line of text.split('\n')) {
    const row = /^\d+:\s+(?:\d+:)?\d+\s+(\d+)\s+\d+\s+(\d+)\s+(.*)$/.exec(line);
    if (row === null || partitions.length >= MOST_PARTITIONS) continue;
    partitions.push({
      number: partitions.length + 1,
      startSector: Number(row[1]),
      sectors: Number(row[2]),
      description: row[3]!.trim(),
    });
  }
  return { sectorBytes, partitions };
};

export interface ListedFile extends DecodedName {
  readonly kind: 'file' | 'link' | 'special';
  /** What `icat` takes; null where there is no record any more, or it tells of another file by now. */
  readonly address: string | null;
  readonly sizeBytes: number;
  readonly sourceTimes: readonly SourceTime[];
  readonly deletion: Deletion | null;
}

const ORPHANS = '$OrphanFiles/';
const LINE = /^(\S)\/(\S)( \*)? (\d+(?:-\d+-\d+)?)(\(realloc\))?:$/;

/** Null for folders, and for what the file system keeps for itself. */
export const fileOf = (line: Buffer, fileSystem: string): ListedFile | null => {
  const fields: Buffer[] = [];
  for (let from = 0; from <= line.length;) {
    const tab = line.indexOf(0x09, from);
    const to = tab < 0 ? line.length : tab;
    fields.push(line.subarray(from, to));
    from = to + 1;
  }
  const head = LINE.exec(fields[0]?.toString('latin1') ?? '');
  // Name, four times, size, and the two owners: a name that holds a tab is printed without.
  if (head === null || fields.length !== 9) return null;
  const [, named, recorded, gone, address, taken] = head;
  const name = decodedName(fields[1]!);
  const kind = kindOf(named!, recorded!);
  if (kind === null || isOwn(name.name, address!, fileSystem)) return null;
  const isGone = gone !== undefined || name.name.startsWith(ORPHANS);
  return {
    ...name,
    kind,
    address: taken !== undefined || recorded === '-' || address === '0' ? null : address!,
    sizeBytes: Number(fields[6]!.toString('latin1')),
    sourceTimes: TIMES.flatMap(([kindOfTime, field]) =>
      diskTime(kindOfTime, fields[field]!.toString('latin1'), fileSystem),
    ),
    deletion: !isGone ? null : name.name.startsWith(ORPHANS) ? 'orphan' : 'deleted',
  };
};

/** Times of a change of the record itself are no times of the file. */
const TIMES = [
  ['modified', 2],
  ['accessed', 3],
  ['created', 5],
] as const;

const kindOf = (named: string, recorded: string): ListedFile['kind'] | null => {
  const kind = recorded === '-' ? named : recorded;
  if (/[dDvV]/.test(kind)) return null;
  if (kind === 'r' || kind === '-') return 'file';
  return kind === 'l' ? 'link' : 'special';
};

/** The first block or sector that `istat` names; null where the content lies in the record itself, or nowhere. */
export const firstPlaceOf = (text: string): string | null => {
  const listed = /^(?:Sectors:|Direct Blocks:|Type: \$DATA .*Non-Resident.*)\r?\n([\d ]+)/m.exec(text)?.[1] ?? '';
  return listed.split(' ').find((number) => /^[1-9]\d*$/.test(number)) ?? null;
};

const NTFS_OWN_RECORDS = 16;

/** Tables and labels of the file system: nobody put them there, and some are said to be as large as the disk. */
const isOwn = (name: string, address: string, fileSystem: string): boolean => {
  if (/fat/.test(fileSystem)) return name.endsWith(' (Volume Label Entry)');
  if (fileSystem !== 'ntfs') return false;
  return (
    (/^\$/.test(name) && !name.startsWith(ORPHANS) && Number.parseInt(address, 10) < NTFS_OWN_RECORDS) ||
    name.startsWith('$Extend/')
  );
};
