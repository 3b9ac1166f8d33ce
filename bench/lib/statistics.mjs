// Median and spread, the only two figures that a table of few runs can honestly carry.

/** Linear interpolation between order statistics (type 7, as R and NumPy do by default). `values` is not empty. */
export const quantile = (values, fraction) => {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * fraction;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
};

export const median = (values) => quantile(values, 0.5);
export const interquartileRange = (values) => quantile(values, 0.75) - quantile(values, 0.25);
