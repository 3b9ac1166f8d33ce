// What the self-test does to every planted picture: each edit of the floor by itself and in the usual combinations, and a few beyond it.
import { isWithinFloor, type Edit, type Orientation } from '../edit/edits.js';

export interface PlantedEdit {
  /** What tables call it. */
  readonly name: string;
  /** Whether the floor promises that the picture is found. */
  readonly promised: boolean;
  /** One file a chain: a name may stand for several, such as the seven ways to turn a picture. */
  readonly chains: readonly (readonly Edit[])[];
}

const jpeg = (quality: number): Edit => ({ kind: 'reencode', format: 'jpeg', quality });
const messenger: Edit = { kind: 'messenger', maxSide: 800, quality: 60 };
const TURNS: readonly Orientation[] = [2, 3, 4, 5, 6, 7, 8];

/** `seed` varies the overlays from picture to picture. */
export const plantedEdits = (seed: string): PlantedEdit[] => {
  const overlay = (what: 'text' | 'emoji'): Edit => ({ kind: 'overlay', what, area: 0.05, seed: `${seed}/${what}` });
  const edits: readonly (readonly [name: string, ...chains: readonly Edit[][]])[] = [
    ['re-encoded, quality 30', [jpeg(30)]],
    ['scaled to 0.4', [{ kind: 'scale', factor: 0.4 }, jpeg(85)]],
    ['scaled to 0.4, quality 30', [{ kind: 'scale', factor: 0.4 }, jpeg(30)]],
    ['turned or mirrored (7 ways)', ...TURNS.map((orientation): Edit[] => [{ kind: 'orient', orientation }, jpeg(85)])],
    ['turned by its EXIF tag', [{ kind: 'orientation-tag', orientation: 6 }, jpeg(85)]],
    ['emoji over 5 %', [overlay('emoji'), jpeg(80)]],
    ['text over 5 %', [overlay('text'), jpeg(80)]],
    ['messenger', [messenger]],
    ['messenger, twice', [messenger, messenger]],
    ['turned, emoji, messenger', [{ kind: 'orient', orientation: 6 }, overlay('emoji'), messenger]],
    [
      'other format (WebP, PNG)',
      [{ kind: 'reencode', format: 'webp', quality: 60 }],
      [{ kind: 'reencode', format: 'png', quality: 100 }],
    ],
    ['cropped by 10 % on one side', [{ kind: 'crop', left: 0.1, top: 0, right: 0, bottom: 0 }, jpeg(80)]],
    ['tilted by 4 degrees', [{ kind: 'tilt', degrees: 4 }, jpeg(80)]],
    ['caption bar', [{ kind: 'caption-bar', seed }, messenger]],
    ['screenshot', [{ kind: 'screenshot', seed }, jpeg(85)]],
    ['photographed from a screen', [{ kind: 'screen-photo', seed }, jpeg(80)]],
  ];
  return edits.map(([name, ...chains]) => ({ name, promised: chains.every(isWithinFloor), chains }));
};
