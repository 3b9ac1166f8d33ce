// Functions of single precision without tables: the library's keep theirs in memory that is not ours alone. An error of 1e-6 moves no bin.

/** The angle of (x, y) in -pi..pi (minimax polynomial; Abramowitz and Stegun, 4.4.49). */
export function angleOf(y: f32, x: f32): f32 {
  const ax = abs(x);
  const ay = abs(y);
  const larger = max(ax, ay);
  if (larger == 0) return 0;
  const ratio = min(ax, ay) / larger;
  const square = ratio * ratio;
  let angle: f32 =
    ratio *
    (<f32>0.999866 +
      square * (<f32>-0.3302995 + square * (<f32>0.180141 + square * (<f32>-0.085133 + square * <f32>0.0208351))));
  if (ay > ax) angle = <f32>1.5707963 - angle;
  if (x < 0) angle = <f32>3.1415927 - angle;
  return y < 0 ? -angle : angle;
}

/** 2 to the power of x, for x in -120..120: the whole part goes into the exponent, a Taylor polynomial takes the rest. */
export function exp2(x: f32): f32 {
  const whole = nearest(x);
  const rest = (x - whole) * <f32>0.6931472;
  const power: f32 =
    <f32>1 +
    rest *
      (<f32>1 +
        rest *
          (<f32>0.5 +
            rest *
              (<f32>0.16666667 + rest * (<f32>0.041666668 + rest * (<f32>0.008333334 + rest * <f32>0.001388889)))));
  return power * reinterpret<f32>((<i32>whole + 127) << 23);
}

/** e to the power of x; 0 where that is too small to count. */
export function exp(x: f32): f32 {
  return x < -80 ? 0 : exp2(x * <f32>1.442695);
}

/** For angles of some turns. */
export function cos(angle: f32): f32 {
  return sin(angle + <f32>1.5707963);
}

export function sin(angle: f32): f32 {
  const turns = nearest(angle * <f32>0.15915494);
  let x = angle - turns * <f32>6.2831853;
  // Into -pi/2..pi/2, where the polynomial holds.
  if (x > <f32>1.5707963) x = <f32>3.1415927 - x;
  if (x < <f32>-1.5707963) x = <f32>-3.1415927 - x;
  const square = x * x;
  return (
    x *
    (<f32>1 +
      square *
        (<f32>-0.16666667 +
          square * (<f32>0.008333333 + square * (<f32>-0.0001984127 + square * <f32>0.0000027557319))))
  );
}
