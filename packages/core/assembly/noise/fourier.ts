// Discrete Fourier transform of four rows at once, one in each lane, of any length that is a product of 2, 3, 5 and 7: Stockham's form,
// which needs no reordering (Van Loan, Computational Frameworks for the Fast Fourier Transform, SIAM 1992, section 1.7).

const LANES: usize = 16;
const SIN_3: f32 = 0.8660254037844386;
const COS_5A: f32 = 0.30901699437494745;
const COS_5B: f32 = -0.8090169943749475;
const SIN_5A: f32 = 0.9510565162951535;
const SIN_5B: f32 = 0.5877852522924731;

/**
 * `length` complex values, real parts at `re`, imaginary at `im`, each value four f32 wide. `spareRe` and `spareIm` are as large; `turns` holds
 * `length` pairs cos, -sin of 2 pi t / length. Returns 0 where the result lies in `re` and `im`, 1 where it lies in the spare ones.
 */
export function transform(re: usize, im: usize, spareRe: usize, spareIm: usize, length: i32, turns: usize): i32 {
  let rest = length;
  let stride = 1;
  let isSpare = 0;
  let fromRe = re;
  let fromIm = im;
  let toRe = spareRe;
  let toIm = spareIm;
  while (rest > 1) {
    const radix = rest % 4 == 0 ? 4 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3 : rest % 5 == 0 ? 5 : 7;
    const count = rest / radix;
    if (radix == 4) pass4(fromRe, fromIm, toRe, toIm, count, stride, turns);
    else if (radix == 2) pass2(fromRe, fromIm, toRe, toIm, count, stride, turns);
    else if (radix == 3) pass3(fromRe, fromIm, toRe, toIm, count, stride, turns);
    else if (radix == 5) pass5(fromRe, fromIm, toRe, toIm, count, stride, turns);
    else pass7(fromRe, fromIm, toRe, toIm, count, stride, turns, length);
    rest = count;
    stride *= radix;
    const wasRe = fromRe;
    const wasIm = fromIm;
    fromRe = toRe;
    fromIm = toIm;
    toRe = wasRe;
    toIm = wasIm;
    isSpare ^= 1;
  }
  return isSpare;
}

/** Stores (re, im) turned by entry `turn` of the table. */
function put(toRe: usize, toIm: usize, at: usize, re: v128, im: v128, turns: usize, turn: i32): void {
  const c = v128.load32_splat(turns + ((<usize>turn) << 3));
  const s = v128.load32_splat(turns + ((<usize>turn) << 3), 4);
  v128.store(toRe + at, f32x4.sub(f32x4.mul(re, c), f32x4.mul(im, s)));
  v128.store(toIm + at, f32x4.add(f32x4.mul(re, s), f32x4.mul(im, c)));
}

function pass2(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, count: i32, stride: i32, turns: usize): void {
  const far = <usize>(stride * count) * LANES;
  for (let q = 0; q < count; q++)
    for (let r = 0; r < stride; r++) {
      const from = <usize>(r + stride * q) * LANES;
      const to = <usize>(r + stride * 2 * q) * LANES;
      const aRe = v128.load(fromRe + from);
      const aIm = v128.load(fromIm + from);
      const bRe = v128.load(fromRe + from + far);
      const bIm = v128.load(fromIm + from + far);
      v128.store(toRe + to, f32x4.add(aRe, bRe));
      v128.store(toIm + to, f32x4.add(aIm, bIm));
      const step = <usize>stride * LANES;
      put(toRe, toIm, to + step, f32x4.sub(aRe, bRe), f32x4.sub(aIm, bIm), turns, q * stride);
    }
}

function pass3(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, count: i32, stride: i32, turns: usize): void {
  const far = <usize>(stride * count) * LANES;
  const step = <usize>stride * LANES;
  const half = f32x4.splat(0.5);
  const sine = f32x4.splat(SIN_3);
  for (let q = 0; q < count; q++)
    for (let r = 0; r < stride; r++) {
      const from = <usize>(r + stride * q) * LANES;
      const to = <usize>(r + stride * 3 * q) * LANES;
      const aRe = v128.load(fromRe + from);
      const aIm = v128.load(fromIm + from);
      const bRe = v128.load(fromRe + from + far);
      const bIm = v128.load(fromIm + from + far);
      const cRe = v128.load(fromRe + from + 2 * far);
      const cIm = v128.load(fromIm + from + 2 * far);
      const sumRe = f32x4.add(bRe, cRe);
      const sumIm = f32x4.add(bIm, cIm);
      const midRe = f32x4.sub(aRe, f32x4.mul(half, sumRe));
      const midIm = f32x4.sub(aIm, f32x4.mul(half, sumIm));
      const turnRe = f32x4.mul(sine, f32x4.sub(bIm, cIm));
      const turnIm = f32x4.mul(sine, f32x4.sub(cRe, bRe));
      v128.store(toRe + to, f32x4.add(aRe, sumRe));
      v128.store(toIm + to, f32x4.add(aIm, sumIm));
      const turn = q * stride;
      put(toRe, toIm, to + step, f32x4.add(midRe, turnRe), f32x4.add(midIm, turnIm), turns, turn);
      put(toRe, toIm, to + 2 * step, f32x4.sub(midRe, turnRe), f32x4.sub(midIm, turnIm), turns, 2 * turn);
    }
}

function pass4(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, count: i32, stride: i32, turns: usize): void {
  const far = <usize>(stride * count) * LANES;
  const step = <usize>stride * LANES;
  for (let q = 0; q < count; q++)
    for (let r = 0; r < stride; r++) {
      const from = <usize>(r + stride * q) * LANES;
      const to = <usize>(r + stride * 4 * q) * LANES;
      const aRe = v128.load(fromRe + from);
      const aIm = v128.load(fromIm + from);
      const bRe = v128.load(fromRe + from + far);
      const bIm = v128.load(fromIm + from + far);
      const cRe = v128.load(fromRe + from + 2 * far);
      const cIm = v128.load(fromIm + from + 2 * far);
      const dRe = v128.load(fromRe + from + 3 * far);
      const dIm = v128.load(fromIm + from + 3 * far);
      const acRe = f32x4.add(aRe, cRe);
      const acIm = f32x4.add(aIm, cIm);
      const bdRe = f32x4.add(bRe, dRe);
      const bdIm = f32x4.add(bIm, dIm);
      const apartRe = f32x4.sub(aRe, cRe);
      const apartIm = f32x4.sub(aIm, cIm);
      // (b - d) turned by a quarter
      const turnRe = f32x4.sub(bIm, dIm);
      const turnIm = f32x4.sub(dRe, bRe);
      v128.store(toRe + to, f32x4.add(acRe, bdRe));
      v128.store(toIm + to, f32x4.add(acIm, bdIm));
      const turn = q * stride;
      put(toRe, toIm, to + step, f32x4.add(apartRe, turnRe), f32x4.add(apartIm, turnIm), turns, turn);
      put(toRe, toIm, to + 2 * step, f32x4.sub(acRe, bdRe), f32x4.sub(acIm, bdIm), turns, 2 * turn);
      put(toRe, toIm, to + 3 * step, f32x4.sub(apartRe, turnRe), f32x4.sub(apartIm, turnIm), turns, 3 * turn);
    }
}

function pass5(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, count: i32, stride: i32, turns: usize): void {
  const far = <usize>(stride * count) * LANES;
  const step = <usize>stride * LANES;
  const cosA = f32x4.splat(COS_5A);
  const cosB = f32x4.splat(COS_5B);
  const sinA = f32x4.splat(SIN_5A);
  const sinB = f32x4.splat(SIN_5B);
  for (let q = 0; q < count; q++)
    for (let r = 0; r < stride; r++) {
      const from = <usize>(r + stride * q) * LANES;
      const to = <usize>(r + stride * 5 * q) * LANES;
      const aRe = v128.load(fromRe + from);
      const aIm = v128.load(fromIm + from);
      const bRe = v128.load(fromRe + from + far);
      const bIm = v128.load(fromIm + from + far);
      const cRe = v128.load(fromRe + from + 2 * far);
      const cIm = v128.load(fromIm + from + 2 * far);
      const dRe = v128.load(fromRe + from + 3 * far);
      const dIm = v128.load(fromIm + from + 3 * far);
      const eRe = v128.load(fromRe + from + 4 * far);
      const eIm = v128.load(fromIm + from + 4 * far);
      const beRe = f32x4.add(bRe, eRe);
      const beIm = f32x4.add(bIm, eIm);
      const cdRe = f32x4.add(cRe, dRe);
      const cdIm = f32x4.add(cIm, dIm);
      const beApartRe = f32x4.sub(bRe, eRe);
      const beApartIm = f32x4.sub(bIm, eIm);
      const cdApartRe = f32x4.sub(cRe, dRe);
      const cdApartIm = f32x4.sub(cIm, dIm);
      v128.store(toRe + to, f32x4.add(aRe, f32x4.add(beRe, cdRe)));
      v128.store(toIm + to, f32x4.add(aIm, f32x4.add(beIm, cdIm)));
      const oneRe = f32x4.add(aRe, f32x4.add(f32x4.mul(cosA, beRe), f32x4.mul(cosB, cdRe)));
      const oneIm = f32x4.add(aIm, f32x4.add(f32x4.mul(cosA, beIm), f32x4.mul(cosB, cdIm)));
      const twoRe = f32x4.add(aRe, f32x4.add(f32x4.mul(cosB, beRe), f32x4.mul(cosA, cdRe)));
      const twoIm = f32x4.add(aIm, f32x4.add(f32x4.mul(cosB, beIm), f32x4.mul(cosA, cdIm)));
      const oneTurnRe = f32x4.add(f32x4.mul(sinA, beApartIm), f32x4.mul(sinB, cdApartIm));
      const oneTurnIm = f32x4.neg(f32x4.add(f32x4.mul(sinA, beApartRe), f32x4.mul(sinB, cdApartRe)));
      const twoTurnRe = f32x4.sub(f32x4.mul(sinB, beApartIm), f32x4.mul(sinA, cdApartIm));
      const twoTurnIm = f32x4.sub(f32x4.mul(sinA, cdApartRe), f32x4.mul(sinB, beApartRe));
      const turn = q * stride;
      put(toRe, toIm, to + step, f32x4.add(oneRe, oneTurnRe), f32x4.add(oneIm, oneTurnIm), turns, turn);
      put(toRe, toIm, to + 2 * step, f32x4.add(twoRe, twoTurnRe), f32x4.add(twoIm, twoTurnIm), turns, 2 * turn);
      put(toRe, toIm, to + 3 * step, f32x4.sub(twoRe, twoTurnRe), f32x4.sub(twoIm, twoTurnIm), turns, 3 * turn);
      put(toRe, toIm, to + 4 * step, f32x4.sub(oneRe, oneTurnRe), f32x4.sub(oneIm, oneTurnIm), turns, 4 * turn);
    }
}

/** Seven is rare: each sum is formed as it is written down, with the turns of the table. */
function pass7(
  fromRe: usize,
  fromIm: usize,
  toRe: usize,
  toIm: usize,
  count: i32,
  stride: i32,
  turns: usize,
  length: i32,
): void {
  const far = <usize>(stride * count) * LANES;
  const seventh = length / 7;
  for (let q = 0; q < count; q++)
    for (let r = 0; r < stride; r++) {
      const from = <usize>(r + stride * q) * LANES;
      for (let k = 0; k < 7; k++) {
        let re = v128.load(fromRe + from);
        let im = v128.load(fromIm + from);
        for (let j = 1; j < 7; j++) {
          const at = turns + ((<usize>(((j * k) % 7) * seventh)) << 3);
          const c = v128.load32_splat(at);
          const s = v128.load32_splat(at, 4);
          const aRe = v128.load(fromRe + from + <usize>j * far);
          const aIm = v128.load(fromIm + from + <usize>j * far);
          re = f32x4.add(re, f32x4.sub(f32x4.mul(aRe, c), f32x4.mul(aIm, s)));
          im = f32x4.add(im, f32x4.add(f32x4.mul(aRe, s), f32x4.mul(aIm, c)));
        }
        put(toRe, toIm, <usize>(r + stride * (7 * q + k)) * LANES, re, im, turns, (q * stride * k) % length);
      }
    }
}
