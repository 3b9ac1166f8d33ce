// Public door of the error catalogue.
export {
  CATALOGUE,
  COMMAND_ERRORS,
  ITEM_ERRORS,
  type ErrorCode,
  type ErrorEntry,
  type ItemErrorCode,
} from './catalogue.js';
export { fail, isRedthreadError, RedthreadError, type ErrorOptions } from './redthread-error.js';
export { inFull, saying, type Said } from './said.js';
