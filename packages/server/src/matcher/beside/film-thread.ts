// The thread that holds what films and sounds are found by.
import { FilmCandidates } from '@redthread/core/graph';
import { serveIndex } from './serve-index.js';

serveIndex(new FilmCandidates());
