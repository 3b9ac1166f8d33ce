// Public door of the schemes: categories as data, maps between them, facts, and how a person types a code.
export { deriveCode } from './derive.js';
export { codeKeys, type CodeKey } from './keys.js';
export { readSchemeFile } from './load.js';
export { codeName, isSchemeName, nameOf, readCodeName, type CodeParts } from './names.js';
export { codeNamed, codeToVote, mapCode, schemeNamed, schemesOf, SHIPPED_SCHEMES, type Schemes } from './registry.js';
