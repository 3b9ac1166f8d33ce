// Signals of the ThreatExchange family: a kind and a value. Those that are digests of bytes become digests; PDQ and its kin are kept as they are.
import type { OtherHash } from './entry.js';
import { digestOf, isHex, photoDnaOf } from './hashes.js';
import type { Notes } from './notes.js';
import { own } from './stated.js';

export interface Signal {
  readonly key: string;
  readonly hashes: {
    readonly md5?: string | null;
    readonly sha1?: string | null;
    readonly sha256?: string | null;
    readonly photoDna?: string | null;
    readonly others?: readonly OtherHash[];
  };
}

const DIGESTS: Readonly<Record<string, 'md5' | 'sha1' | 'sha256'>> = {
  md5: 'md5',
  video_md5: 'md5',
  photo_md5: 'md5',
  hash_md5: 'md5',
  hash_video_md5: 'md5',
  sha1: 'sha1',
  hash_sha1: 'sha1',
  sha256: 'sha256',
  hash_sha256: 'sha256',
};
const PDQ = new Set(['pdq', 'hash_pdq', 'pdq_ocr']);
/** Compared by nobody here, and kept. */
const KEPT: Readonly<Record<string, string>> = {
  vpdq: 'vpdq',
  hash_vpdq: 'vpdq',
  tmk: 'tmk-pdqf',
  hash_tmk: 'tmk-pdqf',
  video_tmk_pdqf: 'tmk-pdqf',
};
/** Not about files: addresses and texts. */
const OTHER = new Set(['url', 'raw_text', 'text', 'trend_query', 'domain', 'uri']);

/** Null, with a note, for what is no signal that is read. */
export const signalOf = (type: string, raw: unknown, place: string, notes: Notes): Signal | null => {
  const name = type.trim().toLowerCase();
  const text = typeof raw === 'string' ? raw.trim() : '';
  const digest = own(DIGESTS, name);
  if (digest !== undefined) {
    const value = digestOf(digest, raw, place, notes);
    return value === null ? null : { key: `${digest}:${value}`, hashes: { [digest]: value } };
  }
  if (name === 'photodna' || name === 'hash_photodna') {
    const photoDna = photoDnaOf(raw, place, notes);
    return photoDna === null ? null : { key: `photodna:${photoDna}`, hashes: { photoDna } };
  }
  if (PDQ.has(name)) {
    if (text.length !== 64 || !isHex(text)) {
      notes.add('HASH_INVALID', place, `${name} ${typeof raw === 'string' ? raw : JSON.stringify(raw)}`);
      return null;
    }
    const value = text.toLowerCase();
    return { key: `pdq:${value}`, hashes: { others: [{ method: 'pdq', value }] } };
  }
  const kept = own(KEPT, name) ?? (OTHER.has(name) ? name : undefined);
  if (kept === undefined || text === '') {
    notes.add('SIGNAL_UNKNOWN', place, `${type} ${text}`);
    return null;
  }
  return { key: `${kept}:${text}`, hashes: { others: [{ method: kept, value: text }] } };
};
