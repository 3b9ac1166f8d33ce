// Public door of comparing without a database.
export { comparableFile, type ComparableFile } from './comparable.js';
export { createFileReader, filesBelow, type FileReader, type ReadFile } from './read-files.js';
