// A file of a phone report: where it lay on the phone, what became of it, and where its bytes lie in the report.
import type { ReportFileItem, ReportState } from '@redthread/core/chats';
import { escapeControls } from '@redthread/core/sending';
import type { FileElement } from './report-events.js';
import { fileTime } from './said-time.js';

const STATES: Readonly<Record<string, ReportState>> = { intact: 'intact', deleted: 'deleted', trash: 'trash' };

export const stateOf = (raw: string | undefined): ReportState => {
  const plain = (raw ?? '').trim().toLowerCase();
  return Object.hasOwn(STATES, plain) ? STATES[plain]! : 'unknown';
};

const LONGEST_PATH = 4096;
const MOST_TAGS = 100;

/** Within the report, with `/`. */
export const pathWithin = (raw: string): string | null => {
  const path = raw
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/)+/, '');
  return path === '' ? null : path.slice(0, LONGEST_PATH);
};

/** Lower-case hex of that many bytes, or null. */
export const digestOf = (raw: string | undefined, bytes: number): string | null => {
  const hex = (raw ?? '').trim().toLowerCase();
  return hex.length === bytes * 2 && /^[0-9a-f]+$/.test(hex) ? hex : null;
};

const sizeOf = (raw: string | undefined): number | null => {
  const size = /^\d{1,15}$/.test(raw ?? '') ? Number(raw) : null;
  return size !== null && Number.isSafeInteger(size) ? size : null;
};

export const fileItem = ({ attributes, times, items }: FileElement): ReportFileItem => {
  const of = (name: string): string | undefined =>
    items.find((item) => item.name.toLowerCase() === name.toLowerCase())?.value;
  const path = attributes['path'] ?? attributes['name'] ?? '';
  return {
    item: 'file',
    fileId: attributes['id'] ?? null,
    path: escapeControls(path.slice(0, LONGEST_PATH)) || '?',
    localPath: pathWithin(of('Local Path') ?? ''),
    sizeBytes: sizeOf(attributes['size']),
    state: stateOf(attributes['deleted'] ?? attributes['deleted_state']),
    times: times.flatMap(({ name, text }) => fileTime(name, text) ?? []).slice(0, 20),
    sha256: digestOf(of('SHA256'), 32),
    md5: digestOf(of('MD5'), 16),
    tags: items
      .filter(({ name }) => name === 'Tags')
      .flatMap(({ value }) => value.split(/[;,]/))
      .map((tag) => tag.trim().slice(0, 200))
      .filter((tag) => tag !== '')
      .slice(0, MOST_TAGS),
    provider: null,
  };
};
