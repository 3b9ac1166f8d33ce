// Which rows of a large picture are looked at for what viewers clip: one in four, chosen by the whole file. Whoever makes a file that shows two pictures
// would have to change it until by chance none of the rows of the second is among them: one try in 10^11 for 90 rows, which are half of a photograph.

/** Of all bytes of the data, FNV-1a over words of 64 bits (Fowler, Noll, Vo). */
export function digest(from: usize, to: usize): u64 {
  let hash: u64 = 0xcbf29ce484222325;
  for (let at = from; at < to; at += 8) hash = (hash ^ load<u64>(at)) * 0x100000001b3;
  return hash;
}

/** Two bits of the finaliser of MurmurHash3 (A. Appleby). */
export function isChosen(seed: u64, row: i32): bool {
  let hash = seed ^ (<u64>row * 0x9e3779b97f4a7c15);
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return ((hash >> 40) & 3) == 0;
}
