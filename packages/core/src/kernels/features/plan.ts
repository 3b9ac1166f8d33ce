// Where the planes of a scale space lie in memory. packages/core/assembly/features/layout.ts holds the same numbers for the kernels.

/** Levels of an octave that are searched. */
export const LEVELS = 3;
/** Planes of blur and of differences of an octave. */
export const BLURRED_PLANES = LEVELS + 3;
export const DIFFERENCE_PLANES = LEVELS + 2;
/** Blur of an octave's first plane, and what a camera's pixels are taken to have of themselves; pixels. */
export const BASE_SIGMA = 1.6;
export const CAMERA_SIGMA = 0.5;

export const KEYPOINT_BYTES = 20;
export const FEATURE_BYTES = 28;
export const DESCRIPTOR_BYTES = 128;
const OCTAVE_BYTES = 20;
/** An octave with a shorter side has no place to look at. */
const LEAST_SIDE = 12;
const OCTAVES_MOST = 12;

export interface Octave {
  readonly width: number;
  readonly height: number;
  /** Bytes of a line and of a plane. */
  readonly line: number;
  readonly plane: number;
  /** Where the first plane of blur is. */
  readonly blurred: number;
}

export interface ScaleSpacePlan {
  /** The picture as it was given, as resampled, and room for a line of sums. */
  readonly given: number;
  readonly small: Omit<Octave, 'blurred'> & { readonly at: number };
  readonly sums: number;
  readonly octaves: readonly Octave[];
  readonly octaveTable: number;
  readonly differences: number;
  readonly taps: number;
  readonly room: number;
  readonly keypoints: number;
  readonly features: number;
  readonly descriptors: number;
  readonly weights: number;
  readonly bytes: number;
}

export interface ScaleSpaceSize {
  readonly givenWidth: number;
  readonly givenHeight: number;
  readonly width: number;
  readonly height: number;
  readonly keypoints: number;
  readonly features: number;
}

const lineBytes = (width: number): number => Math.ceil(width / 16) * 64;

export const planScaleSpace = (size: ScaleSpaceSize): ScaleSpacePlan => {
  let end = 64;
  const place = (bytes: number): number => {
    const at = Math.ceil(end / 64) * 64;
    // Vector loads reach beyond the last line.
    end = at + bytes + 128;
    return at;
  };
  const given = place(size.givenWidth * size.givenHeight * 4);
  const sums = place(size.givenWidth * 4);
  const line = lineBytes(size.width);
  const small = { width: size.width, height: size.height, line, plane: line * size.height };
  const smallAt = place(small.plane);

  const octaves: Octave[] = [];
  // The first octave is of double size.
  let [width, height] = [2 * size.width, 2 * size.height];
  while (octaves.length < OCTAVES_MOST && Math.min(width, height) >= LEAST_SIDE) {
    const octaveLine = lineBytes(width);
    const plane = octaveLine * height;
    octaves.push({ width, height, line: octaveLine, plane, blurred: place(BLURRED_PLANES * plane) });
    [width, height] = [Math.floor(width / 2), Math.floor(height / 2)];
  }
  const largest = octaves[0]?.plane ?? 0;
  return {
    given,
    sums,
    small: { ...small, at: smallAt },
    octaves,
    octaveTable: place(OCTAVES_MOST * OCTAVE_BYTES),
    differences: place(DIFFERENCE_PLANES * largest),
    taps: place(64 * 4),
    room: place(2 * lineBytes(2 * size.width) + 8_192),
    keypoints: place(size.keypoints * KEYPOINT_BYTES),
    features: place(size.features * FEATURE_BYTES),
    descriptors: place(size.features * DESCRIPTOR_BYTES),
    weights: place(2_048),
    bytes: end,
  };
};

/** The octaves as the kernels read them. */
export const octaveWords = (octaves: readonly Octave[]): number[] =>
  octaves.flatMap(({ width, height, line, plane, blurred }) => [width, height, line, plane, blurred]);

/** Middle tap first; cut off where less than a thousandth of the middle is left. */
export const gaussianTaps = (sigma: number): Float32Array => {
  const radius = Math.max(1, Math.ceil(3.2 * sigma));
  const taps = Float32Array.from({ length: radius + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));
  const sum = taps.reduce((total, tap, i) => total + (i === 0 ? tap : 2 * tap), 0);
  return taps.map((tap) => tap / sum);
};

/** By how much a plane is blurred further to become the next of its octave. */
export const blurSteps = (): number[] =>
  Array.from({ length: BLURRED_PLANES - 1 }, (_, i) => {
    const before = BASE_SIGMA * 2 ** (i / LEVELS);
    const after = BASE_SIGMA * 2 ** ((i + 1) / LEVELS);
    return Math.sqrt(after * after - before * before);
  });
