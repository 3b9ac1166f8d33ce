// Which rows of units are looked at for what viewers clip: one in four, chosen by a number that whoever made the file cannot know.

/** Two bits of the finaliser of MurmurHash3 (A. Appleby). */
export function isChosen(seed: i32, row: i32): bool {
  let hash = ((<u64>seed) << 32) ^ (<u64>row * 0x9e3779b97f4a7c15);
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return ((hash >> 40) & 3) == 0;
}
