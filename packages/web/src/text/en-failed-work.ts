// Text about what failed in an exhibit, and what a person does about it: part of the exhibit's.
import { count } from './format.js';
import { plural } from './plural.js';

export const failedWork = {
  noFailures: 'Every file could be used.',
  failures: (n: number) => plural(n, 'file with something to say about it', 'files with something to say about them'),
  doing: 'What to do about it',
  retry: 'Try again',
  retryAll: 'Try all that failed again',
  retryAllHint:
    'Worth it after an update, or when the machine was short of memory. What stopped its decoder twice, and what somebody set aside, is left out: try these one by one.',
  retried: (n: number) => `${count(n)} wait to be tried again.`,
  setAside: 'Set aside',
  setAsideReason: 'Why no worker is to open it again',
  aside: 'set aside',
  again: 'Take the exhibit in again once the file can be read.',
};
