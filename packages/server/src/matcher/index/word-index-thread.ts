// The thread that owns the index of visual words: it takes every change and answers every search, beside the near indexes.
import { WordIndex } from '@redthread/core/index';
import { serveThread } from './serve-thread.js';
import type { WordChange, WordRequest, WordsFound } from './word-messages.js';

const words = new WordIndex();

/** How many were removed. */
const change = (contents: readonly WordChange[]): number => {
  let removed = 0;
  for (const { id, value } of contents) {
    // The features of a content are what they are: one that is there already stays.
    if (value === null) removed += words.remove(id) ? 1 : 0;
    else if (!words.has(id)) words.add(id, value);
  }
  return removed;
};

serveThread<WordRequest>((request) => {
  switch (request.op) {
    case 'change':
      return { value: change(request.contents) };
    case 'find': {
      const { limit, queries } = request;
      const found: WordsFound = queries.map((query) =>
        query === null ? [] : words.search(query, { limit }).map(({ id }) => id),
      );
      return { value: found };
    }
    case 'purge':
      words.purge();
      return { value: null };
  }
});
