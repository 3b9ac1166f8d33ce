// Public door of the keys: changing them.
export { rewrapCase } from './rewrap-case.js';
export { rotateMasterKey } from './rotate.js';
export { readKeyStatus } from './status.js';
