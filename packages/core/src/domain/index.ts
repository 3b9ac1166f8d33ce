// Public door of the domain: words, types and rules that need no database.
export * from './cause.js';
export * from './counted.js';
export * from './connection-state.js';
export * from './device-numbers.js';
export * from './generation-traces.js';
export * from './grade.js';
export * from './context.js';
export * from './places.js';
export * from './region.js';
export * from './verdict-state.js';
export * from './age.js';
export * from './assertion-types.js';
export * from './contradictions.js';
export * from './external-id.js';
export * from './film-time.js';
export * from './merged-groups.js';
export * from './source-interval.js';
