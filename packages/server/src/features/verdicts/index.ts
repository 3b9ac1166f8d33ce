// Public door of the verdicts.
export { castBallot } from './ballot.js';
export { claimsOfOthers } from './claims.js';
export { answerTest, beginTest } from './competence/tests.js';
export { castBefore, decisionOf } from './decision.js';
export { schemeOfRule, setRule } from './rule.js';
export { verdictRoutes } from './routes.js';
export { toState, verdictStates, type StateRow } from './states.js';
export { stateInWords } from './print.js';
export { castVotes, requireVoter } from './vote.js';
export { closedAmong } from './queries.js';
