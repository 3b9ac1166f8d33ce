// Text of the queue of what may be first generation.
import { plural } from './plural.js';

export const firstGeneration = {
  title: 'May come straight from a camera',
  note: 'New here, in the order of the traces of how they were made and spread. What they show has no part in it.',
  traces: (n: number) => plural(n, 'trace', 'traces'),
  fewer: 'Show fewer',
};
