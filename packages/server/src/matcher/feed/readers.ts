// Who reads the feed in this process, and how far each has come: a generation of the indexes that serves, one that is being built
// beside it, one that still answers its last questions. What one of them has not followed must not be trimmed.
import type { FeedPosition } from './changes.js';

/** Before everything. */
const START: FeedPosition = { xid: '0', id: 0 };

export interface FeedReader {
  /** Says where the reader stands; until then it may need everything that is there. */
  follow(position: () => FeedPosition): void;
  /** It reads no more. */
  end(): void;
}

export class FeedReaders {
  readonly #positions = new Map<FeedReader, () => FeedPosition>();

  /** Call it before the reader asks where the feed ends. */
  begin(): FeedReader {
    const reader: FeedReader = {
      follow: (position) => void this.#positions.set(reader, position),
      end: () => void this.#positions.delete(reader),
    };
    this.#positions.set(reader, () => START);
    return reader;
  }

  /** Of every reader, at this moment. */
  positions(): FeedPosition[] {
    return [...this.#positions.values()].map((position) => position());
  }
}
