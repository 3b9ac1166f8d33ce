// Public door of the verdicts.
export { answerTest, beginTest } from './competence/tests.js';
export { setRule } from './rule.js';
export { verdictRoutes } from './routes.js';
export { castVotes } from './vote.js';
