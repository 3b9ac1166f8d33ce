// How much visible gradient the 64 x 64 cells hold.
import { CELLS, LINE_BYTES } from './layout';

/** Sum of the neighbour differences, both ways, each in whole per cent of the luma range (so that small ones count nothing). */
export function gradients(cells: usize): i32 {
  let sum = i32x4.splat(0);
  for (let row = 0; row < CELLS; row++, cells += LINE_BYTES) {
    for (let column: usize = 0; column < 256; column += 16) {
      const here = v128.load(cells + column);
      if (row < CELLS - 1) sum = i32x4.add(sum, percent(here, v128.load(cells + column + LINE_BYTES)));
      // The last cell of a line has no neighbour.
      const next = column < 240 ? v128.load(cells + column + 4) : v128.shuffle<f32>(here, here, 1, 2, 3, 3);
      sum = i32x4.add(sum, percent(here, next));
    }
  }
  return (
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
  );
}

function percent(a: v128, b: v128): v128 {
  const scaled = f32x4.div(f32x4.mul(f32x4.sub(a, b), f32x4.splat(100)), f32x4.splat(255));
  return i32x4.abs(i32x4.trunc_sat_f32x4_s(scaled));
}
