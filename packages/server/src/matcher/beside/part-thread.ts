// The thread that holds the index of visual words.
import { PartCandidates } from '@redthread/core/graph';
import { serveIndex } from './serve-index.js';

serveIndex(new PartCandidates());
