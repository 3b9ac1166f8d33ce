// Whether an ICC profile leaves the luma of a picture about as it is written: then who ignores it and who applies it see the same. A profile is the
// file's own claim, so its curves and colours are looked at (ICC.1:2022, 7.3, 10.6, 10.18), not its name.

/** Curves are compared with that of sRGB (IEC 61966-2-1) at these values; gamma 2.2 is off by less than 0.01. */
const LOOKED_AT = [0.1, 0.25, 0.5, 0.75, 0.9];
const CURVE_SLACK = 0.05;
/** Colourants of sRGB, adapted to D50; those of Adobe RGB and Display P3 lie within the slack, a swapped pair does not. */
const COLOURANTS: Readonly<Record<string, readonly [number, number, number]>> = {
  rXYZ: [0.436, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7139],
};
const COLOURANT_SLACK = 0.2;
/** Tables of a profile that viewers follow in place of curves and colours. */
const TABLES = ['A2B0', 'A2B1', 'A2B2', 'D2B0', 'D2B1', 'D2B2'];
const HEADER_BYTES = 128;
const MOST_TAGS = 100;

const srgb = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

export const keepsLuma = (profile: Buffer): boolean => {
  try {
    const tags = tagsOf(profile);
    if (TABLES.some((name) => tags.has(name))) return false;
    const space = profile.toString('latin1', 16, 20);
    if (space === 'GRAY') return isUsualCurve(tags.get('kTRC'));
    if (space !== 'RGB ') return false;
    return (
      ['rTRC', 'gTRC', 'bTRC'].every((name) => isUsualCurve(tags.get(name))) &&
      Object.entries(COLOURANTS).every(([name, usual]) => isUsualColourant(tags.get(name), usual))
    );
  } catch {
    // Cut off or nonsense: what a viewer makes of it is its own affair.
    return false;
  }
};

const tagsOf = (profile: Buffer): ReadonlyMap<string, Buffer> => {
  const count = Math.min(MOST_TAGS, profile.readUInt32BE(HEADER_BYTES));
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const at = HEADER_BYTES + 4 + 12 * i;
      const from = profile.readUInt32BE(at + 4);
      return [profile.toString('latin1', at, at + 4), profile.subarray(from, from + profile.readUInt32BE(at + 8))];
    }),
  );
};

const isUsualCurve = (tag: Buffer | undefined): boolean => {
  const curve = tag && curveOf(tag);
  return curve !== undefined && LOOKED_AT.every((value) => Math.abs(curve(value) - srgb(value)) <= CURVE_SLACK);
};

type Curve = (value: number) => number;
const fixed = (tag: Buffer, at: number): number => tag.readInt32BE(at) / 65_536;

const curveOf = (tag: Buffer): Curve | undefined => {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'curv') return sampledCurve(tag);
  if (type !== 'para') return undefined;
  const kind = tag.readUInt16BE(8);
  const gamma = fixed(tag, 12);
  if (kind === 0) return (value) => value ** gamma;
  if (kind !== 3) return undefined;
  const [a, b, c, d] = [16, 20, 24, 28].map((at) => fixed(tag, at)) as [number, number, number, number];
  return (value) => (value >= d ? (a * value + b) ** gamma : c * value);
};

const sampledCurve = (tag: Buffer): Curve => {
  const count = tag.readUInt32BE(8);
  if (count === 0) return (value) => value;
  if (count === 1) {
    const gamma = tag.readUInt16BE(12) / 256;
    return (value) => value ** gamma;
  }
  return (value) => tag.readUInt16BE(12 + 2 * Math.round(value * (count - 1))) / 65_535;
};

const isUsualColourant = (tag: Buffer | undefined, usual: readonly number[]): boolean =>
  tag !== undefined && usual.every((value, i) => Math.abs(fixed(tag, 8 + 4 * i) - value) <= COLOURANT_SLACK);
