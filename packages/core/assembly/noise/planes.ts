// What is done to whole planes of f32: means taken away, magnitudes of a spectrum, two spectra multiplied.

/**
 * Takes the means of rows and columns away, of each of the four places of a colour filter apart: what demosaicing and the rows of a sensor
 * leave in every camera of a model (Chen, Fridrich, Goljan, Lukas: Determining image origin and integrity using sensor noise, IEEE TIFS 3(1),
 * 2008, section III). `sums`: `width` f64.
 */
export function removeMeans(plane: usize, width: i32, height: i32, line: usize, sums: usize): void {
  for (let y = 0; y < height; y++) {
    const row = plane + <usize>y * line;
    for (let phase = 0; phase < 2; phase++) {
      let sum: f64 = 0;
      let count = 0;
      for (let x = phase; x < width; x += 2) {
        sum += load<f32>(row + ((<usize>x) << 2));
        count++;
      }
      if (count == 0) continue;
      const mean = <f32>(sum / count);
      for (let x = phase; x < width; x += 2) {
        const at = row + ((<usize>x) << 2);
        store<f32>(at, load<f32>(at) - mean);
      }
    }
  }
  for (let phase = 0; phase < 2; phase++) {
    memory.fill(sums, 0, <usize>width * 8);
    let count = 0;
    for (let y = phase; y < height; y += 2) {
      const row = plane + <usize>y * line;
      for (let x = 0; x < width; x++) {
        const at = sums + ((<usize>x) << 3);
        store<f64>(at, load<f64>(at) + load<f32>(row + ((<usize>x) << 2)));
      }
      count++;
    }
    for (let y = phase; y < height; y += 2) {
      const row = plane + <usize>y * line;
      for (let x = 0; x < width; x++) {
        const at = row + ((<usize>x) << 2);
        store<f32>(at, load<f32>(at) - <f32>(load<f64>(sums + ((<usize>x) << 3)) / count));
      }
    }
  }
}

/** Mean square of a plane. */
export function meanSquare(plane: usize, width: i32, height: i32, line: usize): f64 {
  let sum: f64 = 0;
  for (let y = 0; y < height; y++) {
    const row = plane + <usize>y * line;
    let part: f64 = 0;
    for (let x = 0; x < width; x++) {
      const value = load<f32>(row + ((<usize>x) << 2));
      part += value * value;
    }
    sum += part;
  }
  return sum / (<f64>width * <f64>height);
}

/** Magnitudes of a spectrum of `columns` x `height`, times `scale`. */
export function magnitudes(re: usize, im: usize, to: usize, columns: i32, height: i32, line: usize, scale: f32): void {
  const by = f32x4.splat(scale);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < columns; x += 4) {
      const at = <usize>y * line + ((<usize>x) << 2);
      const a = v128.load(re + at);
      const b = v128.load(im + at);
      const power = f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b));
      v128.store(to + at, f32x4.mul(by, f32x4.sqrt(power)));
    }
}

/** Gives a spectrum the magnitudes of `wanted`; where there was nothing, there is nothing. */
export function setMagnitudes(
  re: usize,
  im: usize,
  wanted: usize,
  columns: i32,
  height: i32,
  line: usize,
  scale: f32,
): void {
  const by = f32x4.splat(scale);
  const least = f32x4.splat(1e-12);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < columns; x += 4) {
      const at = <usize>y * line + ((<usize>x) << 2);
      const a = v128.load(re + at);
      const b = v128.load(im + at);
      const power = f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b));
      const was = f32x4.max(f32x4.mul(by, f32x4.sqrt(power)), least);
      const factor = f32x4.div(v128.load(wanted + at), was);
      v128.store(re + at, f32x4.mul(a, factor));
      v128.store(im + at, f32x4.mul(b, factor));
    }
}

/** The spectrum a becomes a times the conjugate of b: the spectrum of their cross-correlation. */
export function crossSpectrum(
  aRe: usize,
  aIm: usize,
  bRe: usize,
  bIm: usize,
  columns: i32,
  height: i32,
  line: usize,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < columns; x += 4) {
      const at = <usize>y * line + ((<usize>x) << 2);
      const a = v128.load(aRe + at);
      const b = v128.load(aIm + at);
      const c = v128.load(bRe + at);
      const d = v128.load(bIm + at);
      v128.store(aRe + at, f32x4.add(f32x4.mul(a, c), f32x4.mul(b, d)));
      v128.store(aIm + at, f32x4.sub(f32x4.mul(b, c), f32x4.mul(a, d)));
    }
}
