// The 16 x 16 lowest frequencies, without the constant ones, of the 64 x 64 cells (DCT-II; Zauner 2010, section 3.2.1).
import { CELLS, FREQUENCIES, LINE_BYTES } from './layout';

const BASIS_LINE: usize = 256;
const TURNED_LINE: usize = 64;

/**
 * `cells`: 64 lines. `basis`: 16 x 64 floats, frequency first; `turned`: the same, sample first. `between`: room for 16 x 64 floats.
 * Writes 16 x 16 floats, vertical frequency first. Each sum grows in the order of the samples.
 */
export function lowFrequencies(cells: usize, basis: usize, turned: usize, between: usize, output: usize): void {
  for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
    for (let column: usize = 0; column < BASIS_LINE; column += 64) {
      dotSixteen(basis, cells + column, LINE_BYTES, between + column);
    }
    dotSixteen(between, turned, TURNED_LINE, output);
    basis += BASIS_LINE;
    between += BASIS_LINE;
    output += TURNED_LINE;
  }
}

/** Sixteen sums at once of 64 weights times 64 lines. */
function dotSixteen(weights: usize, lines: usize, lineBytes: usize, output: usize): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  for (let sample = 0; sample < CELLS; sample++, weights += 4, lines += lineBytes) {
    const weight = f32x4.splat(load<f32>(weights));
    a = f32x4.add(a, f32x4.mul(weight, v128.load(lines)));
    b = f32x4.add(b, f32x4.mul(weight, v128.load(lines, 16)));
    c = f32x4.add(c, f32x4.mul(weight, v128.load(lines, 32)));
    d = f32x4.add(d, f32x4.mul(weight, v128.load(lines, 48)));
  }
  v128.store(output, a);
  v128.store(output, b, 16);
  v128.store(output, c, 32);
  v128.store(output, d, 48);
}
