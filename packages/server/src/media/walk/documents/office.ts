// Pictures and files in the packages that office programs write (OOXML, OpenDocument, EPUB): ZIPs, of which the markup is left out.
import type { RandomAccess } from '../random-access.js';
import type { Place } from '../place.js';
import { zipEntries } from '../zip.js';

const THUMBNAIL = /^(?:docProps\/thumbnail\.\w+|Thumbnails\/.+)$/i;
const HELD =
  /(?:^|\/)(?:media|embeddings|Pictures|images?|Object [^/]+)\/[^/]+$|\.(?:jpe?g|png|gif|bmp|tiff?|webp|heic|emf|wmf|mp4|mov|m4[av]|mp3|wav)$/i;

export const officeEntries = (access: RandomAccess, place: Place) =>
  zipEntries(access, place, (name) =>
    THUMBNAIL.test(name) ? 'thumbnail' : HELD.test(name) && !/\.(?:xml|rels)$/i.test(name) ? 'file' : null,
  );
