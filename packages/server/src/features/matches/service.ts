// Matches of one media, and the comparison of two side by side.
import type { Comparison, MatchRow, Media } from '@redthread/core/contract';
import { deviceInWords, deviceNumbers, type Context, type DeviceTraits } from '@redthread/core/domain';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { oneMedia, requireMedia } from '../media/index.js';
import { comparePair } from './compare-pair.js';
import { readMatches } from './queries.js';

/** Errors: NOT_FOUND. */
export const listMatches = (
  store: Store,
  ctx: Context,
  input: { readonly mediaId: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<MatchRow>> =>
  withContext(store.app, ctx, async (trx) => {
    await requireMedia(trx, input.mediaId);
    return readMatches(trx, input.mediaId, input);
  });

/** Errors: NOT_FOUND, for either side. */
export const compareMedia = (
  store: Store,
  ctx: Context,
  ids: { readonly a: string; readonly b: string },
): Promise<Comparison> => withContext(store.app, ctx, (trx) => comparisonOf(trx, ids));

/** Errors: NOT_FOUND, for either side. */
export const comparisonOf = async (trx: Trx, ids: { readonly a: string; readonly b: string }): Promise<Comparison> => {
  const [a, b] = [await oneMedia(trx, ids.a), await oneMedia(trx, ids.b)];
  const match = (await readMatches(trx, ids.a, { limit: 1, other: ids.b })).items[0] ?? null;
  const measured = await comparePair(trx, a, b);
  // What stands in a match is what others saw and decided upon: it is not told anew.
  const reasons = match?.reasons ?? [...measured.reasons];
  const told = new Set(reasons.map(({ method }) => method));
  return {
    a,
    b,
    grade: match?.grade ?? measured.grade,
    match,
    reasons,
    tried: measured.tried.filter(({ method }) => !told.has(method)),
    devices: sharedDevices(a, b),
    notes: [...measured.notes],
    places: [...measured.places],
    decoders: measured.decoders,
    differences: differencesOf(a, b),
  };
};

/** Whose number a file names, as far as its metadata are seen. */
const devicesOf = ({ metadata }: Media): string[] => {
  const { camera } = (metadata?.['exiftool'] ?? {}) as { readonly camera?: DeviceTraits | null };
  return camera === undefined || camera === null ? [] : deviceNumbers(camera);
};

const sharedDevices = (a: Media, b: Media): string[] => {
  const others = new Set(devicesOf(b));
  return devicesOf(a)
    .filter((device) => others.has(device))
    .map(deviceInWords);
};

const FIELDS: Readonly<Record<string, (media: Media) => string | number | null>> = {
  agency: (media) => media.agency.name,
  sha256: (media) => media.sha256,
  type: (media) => media.mime,
  sizeBytes: (media) => media.sizeBytes,
  width: (media) => media.width,
  height: (media) => media.height,
};

const text = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Leaves of nested metadata by their path, such as `exiftool.camera.make`; what is empty says nothing and is left out. */
const metadataFields = (media: Media): Map<string, unknown> => {
  const fields = new Map<string, unknown>();
  const walk = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) fields.set(path, value);
    else for (const [name, inner] of Object.entries(value)) walk(`${path}.${name}`, inner);
  };
  for (const [method, value] of Object.entries(media.metadata ?? {})) walk(method, value);
  return fields;
};

const differencesOf = (a: Media, b: Media): Comparison['differences'] => {
  const own = Object.entries(FIELDS).map(([field, read]) => ({ field, a: text(read(a)), b: text(read(b)) }));
  const [metadataA, metadataB] = [metadataFields(a), metadataFields(b)];
  const names = [...new Set([...metadataA.keys(), ...metadataB.keys()])].sort();
  const written = names.map((field) => ({ field, a: text(metadataA.get(field)), b: text(metadataB.get(field)) }));
  return [...own, ...written].filter((difference) => difference.a !== difference.b);
};
