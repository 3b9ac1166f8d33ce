// Names as stored are data: what is shown and joined is a safe form of them, and no name is ever used as a path on our disk.
import { toHex } from '../audit/digest.js';
import { Sha256 } from './sha256.js';
import { utf8Bytes, utf8Text } from './utf8.js';

const MAX_SEGMENT_BYTES = 255;
const MAX_PATH_BYTES = 3072;
const HASH_DIGITS = 12;

// C0 and C1 controls, DEL, and the marks that reorder or hide text ("photo[RLO]gpj.exe" reads as photoexe.jpg)
const DECEPTIVE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A name in a form that may be printed. */
export const printable = (name: string): string => name.replace(DECEPTIVE, '\u{fffd}');

const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g;

/** Control characters as `\xNN`: a name may be shown, and stored where NUL may not stand. */
export const escapeControls = (name: string): string =>
  name.replace(CONTROLS, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

const bytesOf = (text: string): number => utf8Bytes(text).length;

const shortened = (text: string, maxBytes: number): string => {
  const bytes = utf8Bytes(text);
  const digest = toHex(new Sha256().update(bytes).digest()).slice(0, HASH_DIGITS);
  const kept = utf8Text(bytes.subarray(0, maxBytes - HASH_DIGITS - 1)).replace(/\u{fffd}+$/u, '');
  return `${kept}~${digest}`;
};

export interface SafePath {
  readonly path: string;
  /** What was wrong with it; null for a name without harm. */
  readonly hostility: string | null;
}

/** The safe form of one name of a folder: no separator is expected in it. */
export const safeSegment = (name: string): SafePath => {
  const clean = printable(name);
  const hostility = clean === name ? null : 'control characters';
  const visible = clean === '' || clean === '.' || clean === '..' ? '_' : clean;
  return { path: bytesOf(visible) > MAX_SEGMENT_BYTES ? shortened(visible, MAX_SEGMENT_BYTES) : visible, hostility };
};

/**
 * The safe form of a path that an archive states: '/' and '\' both separate, drive letters and leading separators fall away, `..` becomes
 * `_`, over-long parts are cut and get a digest so that they stay distinct.
 */
export const safeArchivePath = (name: string): SafePath => {
  const faults: string[] = [];
  if (/^[/\\]/.test(name)) faults.push('absolute path');
  if (/^[A-Za-z]:/.test(name)) faults.push('drive letter');
  const segments: string[] = [];
  for (const segment of name.replace(/^[A-Za-z]:/, '').split(/[/\\]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') faults.push('parent folder');
    const { path, hostility } = safeSegment(segment);
    if (hostility !== null) faults.push(hostility);
    if (bytesOf(segment) > MAX_SEGMENT_BYTES) faults.push('over-long name');
    segments.push(path);
  }
  let path = segments.join('/') || '_';
  if (segments.length === 0) faults.push('empty name');
  if (bytesOf(path) > MAX_PATH_BYTES) {
    faults.push('over-long path');
    path = shortened(path, MAX_PATH_BYTES);
  }
  return { path, hostility: faults.length === 0 ? null : [...new Set(faults)].join(', ') };
};

/** Makes paths of one archive (or folder) distinct: the second of a name gets `~2`; a file never lies below another file. */
export class UniquePaths {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  take(path: string): string {
    const segments = path.split('/');
    let parent = '';
    for (const segment of segments.slice(0, -1)) {
      parent = this.#distinct(parent + segment, (candidate) => this.#files.has(candidate));
      this.#folders.add(parent);
      parent += '/';
    }
    const taken = this.#distinct(
      parent + segments.at(-1)!,
      (candidate) => this.#files.has(candidate) || this.#folders.has(candidate),
    );
    this.#files.add(taken);
    return taken;
  }

  #distinct(path: string, isTaken: (candidate: string) => boolean): string {
    if (!isTaken(path)) return path;
    let count = 2;
    while (isTaken(`${path}~${count}`)) count++;
    return `${path}~${count}`;
  }
}
