// The truth about frames, and which of them a careless method takes for one another.
import type { NearMiss, SeenObject, TruthFrame } from '../truth/truth.js';
import type { Frame } from './library.js';

export const truthFrames = (
  frames: readonly Frame[],
  objects: ReadonlyMap<string, readonly SeenObject[]>,
): TruthFrame[] =>
  frames.map((frame) => {
    const shot = frame.kind === 'room' || frame.kind === 'dark';
    return {
      id: frame.id,
      kind: frame.kind,
      // Nothing of the room can be seen in the dark ones.
      room: frame.kind === 'room' ? frame.room : null,
      camera: shot ? frame.camera : null,
      template: 'template' in frame ? frame.template : null,
      featureless: frame.kind === 'blank' || frame.kind === 'dark',
      objects: objects.get(frame.id) ?? [],
    };
  });

/** Pairs of frames of one room, and of cards on one template. */
export const nearMisses = (frames: readonly TruthFrame[]): NearMiss[] => {
  const found: NearMiss[] = [];
  frames.forEach((a, i) => {
    for (const b of frames.slice(i + 1)) {
      if (a.room !== null && a.room === b.room) found.push({ a: a.id, b: b.id, why: 'same room' });
      else if (a.template !== null && a.template === b.template) found.push({ a: a.id, b: b.id, why: 'same template' });
    }
  });
  return found;
};
