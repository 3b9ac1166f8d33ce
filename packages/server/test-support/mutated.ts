// Damage for the fuzz tests of readers: cut, doubled, overwritten, with pieces put in that mean something to the format.

/** `next` answers a number below what it is given. */
export const mutated = (sample: Buffer, pieces: readonly string[], next: (below: number) => number): Buffer => {
  let bytes = Buffer.from(sample);
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(bytes.length + 1);
    const length = next(40);
    const kind = next(6);
    if (kind === 0) bytes = bytes.subarray(0, at);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - length))]);
    else if (kind === 3)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pieces[next(pieces.length)]!), bytes.subarray(at)]);
    else if (at < bytes.length) {
      bytes = Buffer.from(bytes);
      bytes[at] = kind === 4 ? next(256) : bytes[at]! ^ (1 << next(8));
    }
  }
  return bytes;
};
