// Random numbers that are the same in every run (xorshift32; Marsaglia, 2003).

/** A function that answers numbers of 0..1, 1 excluded. */
export const randomFrom = (seed) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};
