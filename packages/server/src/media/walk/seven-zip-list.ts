// What `7zz l -slt` prints of an archive: a block of lines for each entry, `Name = value`; it writes what would break a line as `_`.
import { fail } from '@redthread/core/errors';
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

const FIELDS: ReadonlySet<string> = new Set([
  'Path',
  'Folder',
  'Size',
  'Attributes',
  'CRC',
  'Encrypted',
  ...TIMES.map(([, name]) => name),
]);
/** What is printed; the names in it are kept. */
const MOST_BYTES = 256 * 2 ** 20;

/** Blocks that begin with a path; a question for a password may stand before the first. Errors: ARCHIVE_BOMB. */
export const listedFiles = async function* (
  lines: AsyncIterable<Buffer> | Iterable<Buffer>,
  mostBytes = MOST_BYTES,
): AsyncGenerator<ListedEntry> {
  let fields = new Map<string, string>();
  let readBytes = 0;
  for await (const line of lines) {
    readBytes += line.length + 1;
    if (readBytes > mostBytes) throw fail('ARCHIVE_BOMB', `its list is longer than ${mostBytes} bytes`);
    const text = line.toString('utf8').replace(/\r$/, '');
    if (text === '') {
      const entry = entryOf(fields);
      if (entry !== null) yield entry;
      fields = new Map();
      continue;
    }
    const cut = text.indexOf(' = ');
    const name = cut < 0 ? text.replace(/ =$/, '') : text.slice(0, cut);
    if (FIELDS.has(name) && !fields.has(name)) fields.set(name, cut < 0 ? '' : text.slice(cut + 3));
  }
  const last = entryOf(fields);
  if (last !== null) yield last;
};

const entryOf = (fields: ReadonlyMap<string, string>): ListedEntry | null => {
  const path = fields.get('Path');
  if (path === undefined) return null;
  const attributes = fields.get('Attributes') ?? '';
  return {
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
  };
};

/** `2026-11-23 20:21:17.1756043`, in the zone that the program was told: UTC. */
const timeOf = (kind: SourceTime['kind'], text: string): SourceTime[] => {
  const epochMs = Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
  return Number.isNaN(epochMs) ? [] : [archiveTime(kind, epochMs, text.includes('.') ? 1 : 1000)];
};
