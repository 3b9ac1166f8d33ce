// The self-test for a person at a terminal: recall by edit and method, false matches by method, and what both rest on.
import type { SelfTest, SelfTestErrors } from '@redthread/core/contract';
import { bold, bytes, dim, duration, table, thousands, thread } from '../../app/cli/table.js';
import { selfTestStatement } from './statement.js';

/** Exact at both ends: 100 only where nothing is missing, 0 only where nothing was found. */
export const percent = (found: number, of: number): string => {
  if (of === 0) return '-';
  const share = (100 * found) / of;
  const rounded = Math.min(99.9, Math.max(found === 0 ? 0 : 0.1, Math.round(10 * share) / 10));
  return found === of ? '100 %' : `${rounded.toFixed(1)} %`;
};

export const selfTestLines = (result: SelfTest, colour: boolean): string[] => [
  bold('Recall: copies that are taken for their picture', colour),
  ...recallTable(result),
  '',
  bold('False matches: different pictures that are taken for the same', colour),
  ...errorTable(result),
  '',
  ...result.misses.map(({ edit, picture, why }) => thread(`missed: ${edit}, ${picture}: ${why}`, colour)),
  ...factLines(result).map((line) => dim(line, colour)),
  '',
  (result.holds ? bold : thread)(selfTestStatement(result), colour),
];

const recallTable = ({ edits, methods }: SelfTest): string[] =>
  table(
    [
      { title: 'edit' },
      { title: 'copies', align: 'right' },
      ...methods.map(({ name }) => ({ title: name, align: 'right' as const })),
      { title: 'together', align: 'right' },
      { title: 'promised' },
    ],
    edits.map(({ copies, edit, found, promised }) => [
      edit,
      thousands(copies),
      ...methods.map(({ name }) => percent(found.byMethod[name] ?? 0, copies)),
      percent(found.together, copies),
      !promised ? '-' : found.together < copies ? 'MISSED' : 'holds',
    ]),
  );

const errorTable = ({ falseMatches, methods }: SelfTest): string[] => {
  const row = (name: string, { comparisons, errors, nearMiss }: SelfTestErrors): string[] => [
    name,
    thousands(comparisons),
    thousands(errors),
    thousands(nearMiss.comparisons),
    thousands(nearMiss.errors),
  ];
  return table(
    [
      { title: 'method' },
      { title: 'comparisons', align: 'right' },
      { title: 'false', align: 'right' },
      { title: 'made to be confused', align: 'right' },
      { title: 'false', align: 'right' },
    ],
    [
      ...methods.flatMap(({ name }) => {
        const counts = falseMatches.byMethod[name];
        return counts === undefined ? [] : [row(name, counts)];
      }),
      row('together', falseMatches.together),
    ],
  );
};

const factLines = ({ decoders, durationMs, machine, methods, program, seed }: SelfTest): string[] => [
  `seed ${seed}; drawn in ${duration(durationMs.draw / 1000)}, decoded in ${duration(durationMs.decode / 1000)}, compared in ${duration(durationMs.compare / 1000)}`,
  `program ${program}; ${methods.map(({ name, version, threshold, unit }) => `${name} v${version} (${threshold} ${unit})`).join(', ')}`,
  ...decoders,
  `${machine.cpu}, ${machine.cores} cores, ${bytes(machine.memoryBytes)}, ${machine.platform}, Node ${machine.node}`,
];
