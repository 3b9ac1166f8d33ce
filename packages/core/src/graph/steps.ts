// Work that takes long, done in steps: whoever does it may see to others in between.

/** So many of the smallest things that are done at once. */
const IN_ONE_STEP = 64;

/** Does something with each; a step ends after some dozens of them: one content that hundreds hold makes tens of thousands of pairs. */
export function* inSteps<T>(each: Iterable<T>, work: (one: T) => void): Generator<undefined, void> {
  let done = 0;
  for (const one of each) {
    work(one);
    done += 1;
    if (done % IN_ONE_STEP === 0) yield;
  }
}

/** All steps at once. */
export const lastOf = <T>(steps: Generator<undefined, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
