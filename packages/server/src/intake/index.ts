// Public door of the intake process.
export { createIntakeChild, type IntakeChild } from './intake-child.js';
