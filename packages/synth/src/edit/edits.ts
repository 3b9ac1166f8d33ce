// The ways a picture changes in the wild, as plain data: what truth.json lists and what `applyEdits` does.

/** EXIF numbering: 2 mirror, 3 half turn, 4 flip, 5 transpose, 6 quarter turn right, 7 transverse, 8 quarter turn left. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif';

export type Edit =
  | { readonly kind: 'reencode'; readonly format: PictureFormat; readonly quality: number }
  /** Factor of both sides, at most 1. */
  | { readonly kind: 'scale'; readonly factor: number }
  /** Turned or mirrored in its pixels. */
  | { readonly kind: 'orient'; readonly orientation: Orientation }
  /** Pixels stored turned, with the EXIF tag that turns them back: shows the same. */
  | { readonly kind: 'orientation-tag'; readonly orientation: Orientation }
  /** `area`: covered share of the picture, bounding boxes. */
  | { readonly kind: 'overlay'; readonly what: 'text' | 'emoji'; readonly area: number; readonly seed: string }
  /** What a messenger does: smaller, recompressed, no metadata. */
  | { readonly kind: 'messenger'; readonly maxSide: number; readonly quality: number }
  /** Shares cut off at each side. */
  | {
      readonly kind: 'crop';
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    }
  | { readonly kind: 'tilt'; readonly degrees: number }
  | { readonly kind: 'caption-bar'; readonly seed: string }
  | { readonly kind: 'screenshot'; readonly seed: string }
  /** `frames`: the other pictures, in order; `slot`: place of this one. */
  | { readonly kind: 'collage'; readonly frames: readonly string[]; readonly seed: string }
  | { readonly kind: 'screen-photo'; readonly seed: string };

export type EditKind = Edit['kind'];

/** Least JPEG quality, least scale and largest overlay at which whole-picture hashes must still find a picture. */
export const FLOOR = { quality: 30, scale: 0.4, overlayArea: 0.05 } as const;

/** Share of a picture that overlays cover. */
export const overlayArea = (edits: readonly Edit[]): number =>
  edits.reduce((sum, edit) => sum + (edit.kind === 'overlay' ? edit.area : 0), 0);

/** Whether a whole-picture hash must find the edited picture (the floor that the demonstration is held to). */
export const isWithinFloor = (edits: readonly Edit[]): boolean => {
  let scale = 1;
  for (const edit of edits) {
    switch (edit.kind) {
      case 'reencode':
      case 'messenger':
        if (edit.quality < FLOOR.quality) return false;
        break;
      case 'scale':
        scale *= edit.factor;
        break;
      case 'overlay':
      case 'orient':
      case 'orientation-tag':
        break;
      default:
        return false;
    }
  }
  return scale >= FLOOR.scale - 1e-9 && overlayArea(edits) <= FLOOR.overlayArea + 1e-9;
};
