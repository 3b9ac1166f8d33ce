// The self-test in words: the sentence that stands in reports and under the table, with everything that it rests on.
import type { SelfTest } from '@redthread/core/contract';
import { minute } from '../../app/cli/minute.js';
import { thousands } from '../../app/cli/table.js';

/** Copies that the program promises to find, and how many it found. */
export const promisedCopies = ({ edits }: Pick<SelfTest, 'edits'>): { copies: number; found: number } =>
  edits
    .filter(({ promised }) => promised)
    .reduce((sum, edit) => ({ copies: sum.copies + edit.copies, found: sum.found + edit.found.together }), {
      copies: 0,
      found: 0,
    });

/**
 * What a report says of the program that wrote it: counts of this run and no rate beyond them, the set by its seed, and the versions.
 * Plain text of three sentences, without line breaks.
 */
export const selfTestStatement = (result: SelfTest): string => {
  const { copies, found } = promisedCopies(result);
  const { together } = result.falseMatches;
  const proposed =
    result.notProposed === 0 ? '' : ` The index did not propose ${thousands(result.notProposed)} matches.`;
  return (
    `Self-test of ${minute(result.at)} UTC: ${result.holds ? 'what the program promises holds' : 'WHAT THE PROGRAM PROMISES DOES NOT HOLD'}; ` +
    `${thousands(found)} of ${thousands(copies)} copies within the floor were found (re-encoded to quality 30, scaled to 0.4, in eight orientations, ` +
    `5 % covered, sent by a messenger), with ${thousands(together.errors)} false matches in ${thousands(together.comparisons)} comparisons of ` +
    `different pictures, of which ${thousands(together.nearMiss.comparisons)} were made to be confused.${proposed} ` +
    `Drawn with seed ${result.seed}: ${thousands(result.pictures)} pictures, ${thousands(result.copies)} edited copies. ` +
    `Program ${result.program}, methods ${result.methods.map(({ name, version }) => `${name} v${version}`).join(', ')}; ` +
    `decoder ${result.decoders.join(', ')}; ${result.machine.platform}, Node ${result.machine.node}.`
  );
};
