// What a file says about itself, in the words that comparison needs, and as it was written.
import type { SourceTime } from '@redthread/core/contract';

export interface Camera {
  readonly make: string | null;
  readonly model: string | null;
  /** Serial number of the body, as written. */
  readonly serial: string | null;
  readonly lens: string | null;
  readonly lensSerial: string | null;
  /** EXIF ImageUniqueID and its like. */
  readonly imageId: string | null;
}

/** WGS 84. */
export interface Position {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeM: number | null;
}

export interface Metadata {
  /** Taken, digitised, changed; GPS times are UTC. Nothing is given an offset that it does not state. */
  readonly sourceTimes: readonly SourceTime[];
  /** Null where the file names no camera at all. */
  readonly camera: Camera | null;
  readonly gps: Position | null;
  readonly software: string | null;
  /** EXIF orientation 1..8. */
  readonly orientation: number | null;
  /** `Group:Tag` to what ExifTool shows, at most 64 kB; a tag that did not fit is left out and `isCut` is set. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly isCut: boolean;
  /** Which reader: kept beside the data. */
  readonly reader: { readonly name: 'exiftool'; readonly version: string };
}
