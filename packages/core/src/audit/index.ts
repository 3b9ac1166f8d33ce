// Public door of the audit record: its event types.
export * from './events.js';
