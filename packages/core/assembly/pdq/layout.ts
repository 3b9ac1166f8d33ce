// The shape of a matrix in memory, the same for every picture.

/** Bytes from one line of a matrix to the next: 512 floats and one cache line, so that lines do not fall on the same place of the cache. */
export const LINE_BYTES: usize = 2112;
/** Side of the square of cells that a hash is computed from. */
export const CELLS: i32 = 64;
/** Frequencies of each direction that make a hash. */
export const FREQUENCIES: i32 = 16;
