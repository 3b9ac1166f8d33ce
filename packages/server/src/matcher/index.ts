// Public door of the matcher.
export { runMatcher } from './matcher.js';
