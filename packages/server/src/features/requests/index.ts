// Public door of requests: what two persons do to exhibits and cases, legal holds, whoever carries it out, and the records of what
// was destroyed, which outlast the store.
export { decides, HERE, originOf, type DecideOptions } from './origin.js';
export { personOf, requestRoutes } from './routes.js';
export { newNumber } from './steps/ask.js';
export { namedSecond, requireSecond, SESSION, type Origin } from './steps/people.js';
export { faultOfKept, keepRecords, readKeptRecords, type KeptRecord } from './run/kept-records.js';
export { faultOfRecord } from './run/record-text.js';
export { replayDestruction, type Renamed } from './run/replay.js';
export { runRequest, runWaiting } from './run/run.js';
