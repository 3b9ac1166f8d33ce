// Public door of the verdicts.
export { answerTest, beginTest } from './competence/tests.js';
export { setRule } from './rule.js';
export { verdictRoutes } from './routes.js';
export { toState, verdictStates, type StateRow } from './states.js';
export { castVotes } from './vote.js';
