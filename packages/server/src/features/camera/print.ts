// What the noise of a picture says, for a person at a terminal: it supports or it does not, it never identifies.
import type { CameraLine } from '@redthread/core/contract';
import { bold, dim, thread, thousands } from '../../app/cli/table.js';

/** Chance under which the noise is said to support the same sensor. */
export const SUPPORTS_AT_MOST = 1e-4;

export const cameraLines = (line: CameraLine, colour: boolean): string[] => {
  const { falseAlarm, laying, note, pce } = line;
  if (pce === null || falseAlarm === null || laying === null)
    return [
      `${bold('cannot say'.padEnd(12), colour)}  ${line.file}`,
      ...(note === null ? [] : [dim(`              ${note.code}: ${note.detail}`, colour)]),
    ];
  const supports = falseAlarm <= SUPPORTS_AT_MOST;
  return [
    `${(supports ? thread : dim)((supports ? 'supports' : 'no support').padEnd(12), colour)}  ${line.file}`,
    dim(
      `              PCE ${pce.toFixed(1)} over ${line.references} ${line.references === 1 ? 'reference' : 'references'}${line.pooled > 1 ? `, ${line.pooled} pictures averaged` : ''}; by chance ${chance(falseAlarm)}; ${laidIn(line)}`,
      colour,
    ),
    ...(supports
      ? [
          dim(
            '              supports that one sensor made both; a device of the same model was not excluded by this alone',
            colour,
          ),
        ]
      : []),
  ];
};

const chance = (probability: number): string =>
  probability < 1e-300
    ? 'less than 1 in 1e+300'
    : probability >= 0.01
      ? `1 in ${Math.max(1, Math.round(1 / probability))}`
      : `1 in ${(1 / probability).toExponential(1)}`;

const laidIn = ({ laying, places }: CameraLine): string => {
  if (laying === null) return '';
  const turn = laying.turnedDeg === 0 ? '' : `, turned by ${laying.turnedDeg}°`;
  const searched = `${thousands(places ?? 0)} ${places === 1 ? 'place' : 'places'} looked at`;
  if (laying.kind === 'aligned') return `same size as the references${turn}, ${searched}`;
  if (laying.kind === 'scaled') return `made smaller to ${(100 * laying.scale).toFixed(0)} %${turn}, ${searched}`;
  return `a part at ${laying.x}, ${laying.y}${turn}, ${searched}`;
};
