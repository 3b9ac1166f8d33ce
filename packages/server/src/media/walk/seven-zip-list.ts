// What `7zz l -slt` prints of an archive: a block of lines for each entry, `Name = value`; it writes what would break a line as `_`.
import { archiveTime } from './source-times.js';
import type { SourceTime } from './types.js';

export interface ListedEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly sizeBytes: number;
  /** Null where the archive keeps none. */
  readonly checksum: number | null;
  readonly isEncrypted: boolean;
  readonly sourceTimes: readonly SourceTime[];
}

const TIMES = [
  ['modified', 'Modified'],
  ['accessed', 'Accessed'],
  ['created', 'Created'],
] as const;

/** Blocks that begin with a path; a question for a password may stand before the first. */
export const listedFiles = (text: string): ListedEntry[] => {
  const entries: ListedEntry[] = [];
  for (const block of text.split(/\r?\n\r?\n/)) {
    const fields = new Map<string, string>();
    for (const line of block.split(/\r?\n/)) {
      const cut = line.indexOf(' = ');
      const name = cut < 0 ? line.replace(/ =$/, '') : line.slice(0, cut);
      if (!fields.has(name)) fields.set(name, cut < 0 ? '' : line.slice(cut + 3));
    }
    const path = fields.get('Path');
    if (path === undefined) continue;
    const attributes = fields.get('Attributes') ?? '';
    entries.push({
      name: path,
      kind:
        /^D|\bd[rwx-]{9}/.test(attributes) || fields.get('Folder') === '+'
          ? 'folder'
          : /\bl[rwx-]{9}/.test(attributes)
            ? 'link'
            : 'file',
      sizeBytes: Number(fields.get('Size') || 0),
      checksum: /^[0-9A-F]{8}$/.test(fields.get('CRC') ?? '') ? Number.parseInt(fields.get('CRC')!, 16) : null,
      isEncrypted: fields.get('Encrypted') === '+',
      sourceTimes: TIMES.flatMap(([kind, name]) => timeOf(kind, fields.get(name) ?? '')),
    });
  }
  return entries;
};

/** `2026-11-23 20:21:17.1756043`, in the zone that the program was told: UTC. */
const timeOf = (kind: SourceTime['kind'], text: string): SourceTime[] => {
  const epochMs = Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
  return Number.isNaN(epochMs) ? [] : [archiveTime(kind, epochMs, text.includes('.') ? 1 : 1000)];
};
