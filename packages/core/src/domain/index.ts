// Public door of the domain: words, types and rules that need no database.
export * from './cause.js';
export * from './grade.js';
export * from './context.js';
export * from './places.js';
export * from './verdict-state.js';
