// Public door of the notes, and of what notes, tasks and requests are about.
export { subjectNamed, type SubjectOptions, subjectOptions } from './named-subject.js';
export { sayer } from './queries.js';
export { noteRoutes } from './routes.js';
export { addNote, answerNote } from './service.js';
export { requireSubject, subjectColumns, subjectIn, subjectObject } from './subject.js';
