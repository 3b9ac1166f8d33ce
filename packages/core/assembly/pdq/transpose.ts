// Rows become columns, so that a filter along either always runs over whole lines.
import { LINE_BYTES } from './layout';

/** Writes the first `lanes` values of `lines` lines as `lanes` lines of `lines` values; both are rounded up to multiples of 4. */
export function transpose(input: usize, output: usize, lines: i32, lanes: i32): void {
  for (let line = 0; line < lines; line += 4) {
    let from = input + <usize>line * LINE_BYTES;
    let to = output + 4 * <usize>line;
    for (let lane = 0; lane < lanes; lane += 4) {
      const a = v128.load(from);
      const b = v128.load(from + LINE_BYTES);
      const c = v128.load(from + 2 * LINE_BYTES);
      const d = v128.load(from + 3 * LINE_BYTES);
      const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
      v128.store(to + LINE_BYTES, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7));
      v128.store(to + 2 * LINE_BYTES, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
      v128.store(to + 3 * LINE_BYTES, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
      from += 16;
      to += 4 * LINE_BYTES;
    }
  }
}
