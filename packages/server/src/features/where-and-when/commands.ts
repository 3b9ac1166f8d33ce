// redthread places, redthread times: where and when the files of a scope say that they were made.
import type { Command } from 'commander';
import { circleText, Period, PERIOD_UNITS, type PeriodUnit } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { table } from '../../app/cli/table.js';
import type { Store } from '../../store/index.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { placesOf, timesOf } from './service.js';

interface Given {
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly json?: boolean;
}

const scopeOf = async (
  { store, ctx }: { readonly store: Store; readonly ctx: Context },
  { operation, case: one, exhibit }: Given,
) => {
  const scope = await resolveScope(store, ctx, { operation, case: one, exhibit });
  return { scope, query: scope === null ? {} : { [scope.kind]: scope.id } };
};

const scoped = (command: Command): Command =>
  command
    .option('--operation <reference>', 'of an operation')
    .option('--case <reference>', 'of a case')
    .option('--exhibit <name>', 'of an exhibit: CASE/EXHIBIT')
    .option('--json', 'print JSON');

export const registerWhereAndWhenCommands = (program: Command, io: Io): void => {
  scoped(program.command('places').description('where files say that they were made, as areas, the most media first'))
    .option('--cell <degrees>', 'count together what lies in squares of so many degrees', '1')
    .action(async (given: Given & { readonly cell: string }) => {
      const cellDeg = Number(given.cell);
      if (!(cellDeg >= 0.001 && cellDeg <= 45))
        throw fail('ARGUMENT_INVALID', `${given.cell}: degrees from 0.001 to 45`, { pointer: 'cell' });
      const found = await withLocalSession(program, [], async (session) => {
        const { scope, query } = await scopeOf(session, given);
        const answer = await placesOf(session.store, session.ctx, { ...query, cellDeg });
        await recordView(session, 'places', { object: scope, count: answer.areas.length });
        return answer;
      });
      if (given.json === true) return io.json(found);
      table(
        [{ title: 'media', align: 'right' }, { title: 'latitude,longitude,metres' }],
        found.areas.map((area) => [String(area.media), circleText(area)]),
      ).forEach(io.out);
      if (found.recorded.length > 0) {
        table(
          [{ title: 'recorded place' }, { title: 'agency' }, { title: 'latitude,longitude,metres' }],
          found.recorded.map((place) => [
            place.name === '' ? '(no name)' : place.name,
            place.agency,
            circleText(place),
          ]),
        ).forEach(io.out);
      }
      io.note(`${found.said} media say where, ${found.notSaid} do not, ${found.closed} may not be opened`);
    });

  scoped(program.command('times').description('when files say that they were made, by source, as it was written'))
    .option('--unit <unit>', `count by ${PERIOD_UNITS.join(', ')}`, 'year')
    .option('--within <period>', 'only in this year, month or day: 2021, 2021-05')
    .action(async (given: Given & { readonly unit: string; readonly within?: string }) => {
      const unit = PERIOD_UNITS.find((one): one is PeriodUnit => one === given.unit);
      if (unit === undefined)
        throw fail('ARGUMENT_INVALID', `unit "${given.unit}": one of ${PERIOD_UNITS.join(', ')}`, { pointer: 'unit' });
      if (given.within !== undefined && !Period.safeParse(given.within).success)
        throw fail('ARGUMENT_INVALID', `${given.within}: a year, a month or a day: 2021, 2021-05`, {
          pointer: 'within',
        });
      const found = await withLocalSession(program, [], async (session) => {
        const { scope, query } = await scopeOf(session, given);
        const answer = await timesOf(session.store, session.ctx, { ...query, unit, within: given.within });
        await recordView(session, 'times', { object: scope, count: answer.lanes.length });
        return answer;
      });
      if (given.json === true) return io.json(found);
      table(
        [
          { title: 'source' },
          { title: 'when' },
          { title: 'media', align: 'right' },
          { title: 'no zone', align: 'right' },
        ],
        found.lanes.flatMap(({ lane, periods }) =>
          periods.map(({ at, media, noZone }) => [lane, at, String(media), String(noZone)]),
        ),
      ).forEach(io.out);
      io.note(`${found.noTime} media have no time, ${found.closed} may not be opened`);
    });
};
