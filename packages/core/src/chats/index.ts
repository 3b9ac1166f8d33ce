export * from './align.js';
export * from './conversation.js';
export * from './fold.js';
export * from './lead-kinds.js';
export * from './membership.js';
export * from './phone-country.js';
export * from './text-key.js';
export * from './phone-report.js';
