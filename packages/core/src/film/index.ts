// Public door of films: their time lines, and where two of them agree.
export { lookAtFrame, withinBorders } from './look-at-frame.js';
export {
  isComparable,
  LEAST_FRAME_QUALITY,
  LONGEST_MS,
  MARK,
  MOST_FRAMES,
  packTimeLine,
  TIME_LINE_HEADER_BYTES,
  timeLineBytes,
  unpackTimeLine,
  type Frame,
  type TimeLine,
} from './time-line.js';
export { turnedHash } from './turned-hash.js';
export { readVpdqText, vpdqText } from './vpdq-text.js';
export {
  compareTimeLines,
  LEAST_ALIGNED,
  type FilmAgreement,
  type Segment,
  type TimeRange,
} from './compare-time-lines.js';
export { alignHits, type AlignOptions, type Hit, type Line } from './align.js';
export { shotsOf } from './shots.js';
