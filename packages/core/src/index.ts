// Public door of core. Prefer the sub-paths (`@redthread/core/kernels`): they say which room a name comes from.
export * from './errors/index.js';
