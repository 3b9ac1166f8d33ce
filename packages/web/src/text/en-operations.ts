// Text of what waits for somebody in an operation.
import { plural } from './plural.js';

export const openQuestions = {
  title: 'Open questions',
  nothing: 'Nothing waits for anybody here.',
  unseen: 'new, and nobody has looked at them',
  connections: 'connections that nobody has decided on',
  disputed: 'on which votes are against each other',
  second: 'wait for a vote of yours',
  asked: 'requests that wait for somebody',
  failed: 'files of which a stage made nothing',
  failedIn: (exhibits: number) => `files of which a stage made nothing, in ${plural(exhibits, 'exhibit', 'exhibits')}`,
};
