// What is true of the sample operation, channel by channel: which two files have something in common that methods of today find, and so
// which cases and series have.
import { expectedGrade, framesById, isSameDevice } from '../../../packages/synth/dist/index.js';

/** The strongest comes first. */
export const CHANNELS = ['identical', 'same content', 'partial', 'same scene', 'device'];
const DEVICE = CHANNELS.indexOf('device');

/** Every two of these files with something in common, with the place of its channel. Copies of one picture have the channel of their content alone. */
export const truePairsOfFiles = (files, truth) => {
  const frames = framesById(truth);
  const pairs = [];
  files.forEach((a, i) => {
    for (const b of files.slice(i + 1)) {
      const place = CHANNELS.indexOf(expectedGrade(frames, a, b));
      if (place >= 0) pairs.push({ a, b, place });
      else if (isSameDevice(a, b)) pairs.push({ a, b, place: DEVICE });
    }
  });
  return pairs;
};

export const keyOf = (a, b) => [a, b].sort().join(' and ');

/** Pairs of groups with something in common, each with its strongest channel. `groupsOf`: of a file, on either side. */
export const truePairsOf = (pairs, groupsOfA, groupsOfB = groupsOfA) => {
  const found = new Map();
  const note = (a, b, place) => {
    for (const one of groupsOfA(a))
      for (const other of groupsOfB(b))
        if (one !== other) found.set(keyOf(one, other), Math.min(place, found.get(keyOf(one, other)) ?? place));
  };
  for (const { a, b, place } of pairs) {
    note(a, b, place);
    if (groupsOfA !== groupsOfB) note(b, a, place);
  }
  return new Map([...found].map(([key, place]) => [key, CHANNELS[place]]));
};

const SMALLEST_SERIES = 2;

/** As somebody gathers them who looks at one case: the files there that show one room. By name, with their files. */
export const seriesOf = (files, truth, caseOf) => {
  const frames = framesById(truth);
  const series = new Map();
  for (const file of files) {
    const rooms = new Set(file.frames.flatMap((id) => frames.get(id)?.room ?? []));
    // Of a collage nobody says which room it is of.
    if (file.kind !== 'picture' || rooms.size !== 1) continue;
    const name = `${[...rooms][0]} in ${caseOf(file)}`;
    series.set(name, [...(series.get(name) ?? []), file]);
  }
  return new Map([...series].filter(([, of]) => of.length >= SMALLEST_SERIES));
};

/** How many of the true ones stand among as many of the strongest as keep to the share of false ones. */
export const foundWithin = (truth, shown, falseShare) => {
  let [found, most] = [0, 0];
  shown.forEach((key, i) => {
    if (truth.has(key)) found += 1;
    if (i + 1 - found <= (i + 1) * falseShare) most = found;
  });
  return most;
};
