// Door of media/: everything that touches the bytes of hostile files.
export * from './decode/index.js';
