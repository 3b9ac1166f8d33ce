export * from './conversation.js';
export * from './lead-kinds.js';
