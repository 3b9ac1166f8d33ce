// The methods of this installation, and what its last self-test says of them.
import type { SelfTest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { METHODS } from '@redthread/core/signals';
import { PROGRAM_VERSION } from '../../../app/version.js';
import { mayDo } from '../../accounts/index.js';
import { readLastSelfTest, selfTestStatement } from '../../selftest/index.js';
import { instant, TEXT } from '../text/en.js';
import type { Building } from './building.js';
import { number, text } from './columns.js';

export const methodsPart = async ({ sink }: Building): Promise<void> => {
  const says = TEXT.methods;
  sink.put({ is: 'section', id: 'methods', title: says.title, words: [says.words] });
  sink.put({ is: 'facts', rows: [[TEXT.facts.program, `Redthread ${PROGRAM_VERSION}`]] });
  await sink.table(
    {
      id: 'methods',
      title: says.table,
      columns: [
        text('method', 'Method', 1),
        number('version', 'Version', 0.5),
        text('threshold', 'Threshold', 1),
        text('unit', 'Unit', 1),
        text('title', 'What it compares', 3),
      ],
      rows: METHODS.length,
      empty: '',
    },
    METHODS.map(({ matchesWhen, name, threshold, title, unit, version }) => [
      name,
      String(version),
      `${matchesWhen === 'at-least' ? says.atLeast : says.atMost} ${threshold}`,
      unit,
      title,
    ]),
  );
};

/** Of the agency of the person who makes the report, as far as they may read it. */
export const selfTestPart = async ({ sink, trx }: Building, ctx: Context): Promise<void> => {
  const says = TEXT.selfTest;
  const stored = mayDo(ctx, 'read self-tests') ? await readLastSelfTest(trx) : null;
  const words =
    stored === null
      ? [mayDo(ctx, 'read self-tests') ? says.none : says.hidden]
      : [says.kept(stored.id, instant(stored.at), stored.login), selfTestStatement(stored.result)];
  sink.put({ is: 'section', id: 'self-test', title: says.title, words });
  if (stored !== null) await selfTestTables({ sink }, stored.result);
};

const selfTestTables = async ({ sink }: Pick<Building, 'sink'>, result: SelfTest): Promise<void> => {
  const { edits, falseMatches, methods, misses } = result;
  await sink.table(
    {
      id: 'self-test-recall',
      title: TEXT.selfTest.recall,
      columns: [
        text('edit', 'Edit', 2.4),
        text('promised', 'Promised', 0.8),
        number('copies', 'Copies', 0.8),
        ...methods.map(({ name, version }) => number(`${name}_v${version}`, `${name} v${version}`, 1)),
        number('together', TEXT.selfTest.together, 1),
      ],
      rows: edits.length,
      empty: '',
    },
    edits.map(({ copies, edit, found, promised }) => [
      edit,
      promised ? TEXT.yes : TEXT.no,
      String(copies),
      ...methods.map(({ name }) => String(found.byMethod[name] ?? 0)),
      String(found.together),
    ]),
  );
  const errors = [
    ...methods.flatMap(({ name }) => {
      const counts = falseMatches.byMethod[name];
      return counts === undefined ? [] : [[name, counts] as const];
    }),
    [TEXT.selfTest.together, falseMatches.together] as const,
  ];
  await sink.table(
    {
      id: 'self-test-errors',
      title: TEXT.selfTest.errors,
      columns: [
        text('method', 'Method', 1.4),
        number('errors', 'False matches', 1),
        number('comparisons', 'Comparisons', 1),
        number('near_errors', 'of these made to be confused', 1.4),
        number('near_comparisons', 'Comparisons', 1),
      ],
      rows: errors.length,
      empty: '',
    },
    errors.map(([name, { comparisons, errors: count, nearMiss }]) => [
      name,
      String(count),
      String(comparisons),
      String(nearMiss.errors),
      String(nearMiss.comparisons),
    ]),
  );
  if (misses.length > 0)
    sink.put({ is: 'facts', rows: misses.map(({ edit, picture, why }) => [`${picture}, ${edit}`, why]) });
};
