// How often chance alone reaches a peak: a correlation of different sensors is a normal variable, and a search takes the best of many.

/** log of the upper tail of the standard normal distribution; accurate far out (continued fraction: Abramowitz and Stegun 26.2.14). */
export const logUpperTail = (x: number): number => {
  if (x < 3) return Math.log(upperTail(x));
  let fraction = x;
  for (let k = 40; k >= 1; k--) fraction = x + k / fraction;
  return -0.5 * x * x - 0.5 * Math.log(2 * Math.PI) - Math.log(fraction);
};

/** Upper tail below 3, by Simpson's rule over the density: 1e-12 is enough here. */
const upperTail = (x: number): number => {
  if (x < -8) return 1;
  const steps = 200;
  const step = (8 - x) / steps;
  const density = (t: number): number => Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
  let sum = density(x) + density(8);
  for (let i = 1; i < steps; i++) sum += density(x + i * step) * (i % 2 === 0 ? 2 : 4);
  return Math.min(1, (sum * step) / 3);
};

/**
 * Probability that a picture of another sensor reaches `pce` at one of `places` or more: 1 - (1 - Q(sqrt(pce)))^places. A negative peak is
 * one by chance. 0 is never given: what is smaller than a double is the smallest one.
 */
export const falseAlarm = (pce: number, places: number): number => {
  const logOne = logUpperTail(pce < 0 ? -Math.sqrt(-pce) : Math.sqrt(pce));
  const one = Math.exp(logOne);
  if (one < 1e-12) return Math.min(1, Math.max(Number.MIN_VALUE, Math.exp(logOne + Math.log(places))));
  return one >= 1 ? 1 : -Math.expm1(places * Math.log1p(-one));
};
