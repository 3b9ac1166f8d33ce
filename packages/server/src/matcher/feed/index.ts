// Public door of the change feed.
export {
  INDEX_CHANNEL,
  isAheadOf,
  presentPosition,
  trimFeed,
  type FeedLag,
  type FeedPosition,
  type IndexChange,
} from './changes.js';
export { FeedFollower, type FeedTarget } from './follower.js';
export { FeedReaders, type FeedReader } from './readers.js';
