// Door of films: what has a length in time, read through ffmpeg in a disposable child.
export { isFilmOrSound } from './types-read.js';
export { createFilmReader, type FilmReader, type MeasuredFilm } from './film-reader.js';
export type { FilmView } from './storyboard.js';
