// Running means over the lines of a matrix: half of the Jarosz (repeated box) filter. W. Jarosz, "Fast image convolutions", 2001.
import { CELLS, LINE_BYTES } from './layout';

/**
 * The mean of the `size` lines around each line, cut off at both ends (it is then over fewer lines). All sums are running ones: the line that
 * enters is added, then the one that leaves is taken off. Only the lines at the centres of `cells` equal parts are written: all of them where
 * `cells` is `lines`; else `cells` is 64. Lanes are worked on in sixteens, so `lanes` is rounded up to one.
 */
export function sweep(input: usize, output: usize, lines: i32, lanes: i32, size: i32, cells: i32): void {
  for (let lane = 0; lane < lanes; lane += 16, input += 64, output += 64)
    sweepSixteen(input, output, lines, size, cells);
}

function sweepSixteen(input: usize, output: usize, lines: i32, size: i32, cells: i32): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  let entering = input;
  let leaving = input;
  let cell = 0;
  let centre = centreOf(0, lines, cells);
  const ahead = size >> 1;
  for (let line = -ahead; cell < cells; line++) {
    const lead = line + ahead;
    const trail = lead - size;
    if (lead < lines) {
      a = f32x4.add(a, v128.load(entering));
      b = f32x4.add(b, v128.load(entering, 16));
      c = f32x4.add(c, v128.load(entering, 32));
      d = f32x4.add(d, v128.load(entering, 48));
      entering += LINE_BYTES;
    }
    if (trail >= 0) {
      a = f32x4.sub(a, v128.load(leaving));
      b = f32x4.sub(b, v128.load(leaving, 16));
      c = f32x4.sub(c, v128.load(leaving, 32));
      d = f32x4.sub(d, v128.load(leaving, 48));
      leaving += LINE_BYTES;
    }
    // With fewer lines than cells, neighbouring cells have one centre.
    while (line == centre && cell < cells) {
      const count = f32x4.splat(<f32>(min(lead, lines - 1) - max(trail, -1)));
      v128.store(output, f32x4.div(a, count));
      v128.store(output, f32x4.div(b, count), 16);
      v128.store(output, f32x4.div(c, count), 32);
      v128.store(output, f32x4.div(d, count), 48);
      output += LINE_BYTES;
      centre = centreOf(++cell, lines, cells);
    }
  }
}

/** floor((cell + 1/2) lines / cells). */
function centreOf(cell: i32, lines: i32, cells: i32): i32 {
  return cells == lines ? cell : ((2 * cell + 1) * lines) / (2 * CELLS);
}
