// Some calls ask for a fresh proof of who sits here. The frame of the pages says how it is asked for; calls that wait for it at the same
// time wait for one answer.

type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let asking: Promise<boolean> | null = null;

/** What asks the person; answers what takes it away again. */
export const askProofsBy = (how: Ask): (() => void) => {
  ask = how;
  return () => {
    if (ask === how) ask = null;
  };
};

/** True once the person has proven who they are; false when they would not, or nobody can ask. */
export const freshProof = (): Promise<boolean> => {
  asking ??= (ask?.() ?? Promise.resolve(false)).finally(() => (asking = null));
  return asking;
};
