// redthread work: how far the work on exhibits is, how fast it goes and what is left; what failed, to try again or to set aside.
import type { Command } from 'commander';
import { Id, type Exhibit, type FailureRow, type Status } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { duration, table, thousands } from '../../app/cli/table.js';
import { recordView, withLocalSession, type LocalSession } from '../accounts/index.js';
import { resolveScope, type ScopeInput } from '../funnel/index.js';
import { readStatus } from '../status/index.js';
import { retryFailedWork, setFailedWorkAside } from './failed-work.js';
import { listExhibits, listFailures, readExhibit } from './viewing.js';

const PAGE = 500;
type Session = LocalSession<'app'>;

const exhibitNamed = async ({ store, ctx }: Pick<Session, 'store' | 'ctx'>, reference: string): Promise<string> => {
  const scope = await resolveScope(store, ctx, { exhibit: reference });
  if (scope === null) throw fail('ARGUMENT_INVALID', 'name an exhibit as CASE/EXHIBIT', { pointer: 'exhibit' });
  return scope.id;
};

const exhibitsIn = async ({ store, ctx }: Session, references: ScopeInput): Promise<Exhibit[]> => {
  const scope = await resolveScope(store, ctx, references);
  if (scope === null) return listExhibits(store, ctx, {});
  if (scope.kind === 'exhibit') return [await readExhibit(store, ctx, scope.id)];
  return listExhibits(store, ctx, { [scope.kind]: scope.id });
};

const mediaIds = (ids: readonly string[]): readonly string[] => {
  const wrong = ids.find((id) => !Id.safeParse(id).success);
  if (wrong !== undefined)
    throw fail('ARGUMENT_INVALID', `${wrong}: an id of a media, as \`redthread work failures\` shows it`, {
      pointer: 'media',
    });
  return ids;
};

const printExhibits = (io: Io, exhibits: readonly Exhibit[]): void =>
  table(
    [
      { title: 'exhibit' },
      { title: 'state' },
      { title: 'stage' },
      { title: 'done', align: 'right' },
      { title: 'of', align: 'right' },
      { title: 'failed', align: 'right' },
    ],
    exhibits.flatMap(({ caseReference, reference, state, progress }) =>
      progress
        .filter(({ stage, total }) => stage === 'walk' || total !== 0)
        .map(({ stage, done, total, failed }, i) => [
          i === 0 ? `${caseReference}/${reference}` : '',
          i === 0 ? state : '',
          stage,
          thousands(done),
          total === null ? '?' : thousands(total),
          thousands(failed),
        ]),
    ),
  ).forEach(io.out);

const paceOf = ({ queued, workers, ratePerSecond, etaSeconds }: Status): string => {
  const waiting = Object.values(queued).reduce((sum, n) => sum + n, 0);
  if (waiting === 0) return 'Nothing waits.';
  const rate = `${ratePerSecond < 10 ? ratePerSecond.toFixed(1) : thousands(ratePerSecond)} a second`;
  const left = etaSeconds === null ? 'nothing ended in the last minute' : `about ${duration(etaSeconds)} left`;
  const by = workers === 0 ? 'no worker: start redthread serve or redthread worker' : `workers: ${workers}`;
  return `${thousands(waiting)} steps wait in all that you see, ${rate}, ${left}; ${by}.`;
};

const allFailures = async ({ store, ctx }: Session, id: string): Promise<FailureRow[]> => {
  const rows: FailureRow[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listFailures(store, ctx, id, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.items);
    if (page.next === null) return rows;
    cursor = page.next;
  }
};

const DO: Readonly<Record<'failed' | 'quarantined', string>> = { failed: 'retry', quarantined: 'retry by its media' };

const printFailures = (io: Io, rows: readonly FailureRow[]): void =>
  table(
    [
      { title: 'path' },
      { title: 'stage' },
      { title: 'code' },
      { title: 'detail' },
      { title: 'do' },
      { title: 'media' },
    ],
    rows.map(({ path, stage, code, detail, work, mediaId }) => [
      path,
      stage,
      code,
      detail,
      work === null ? '' : DO[work],
      mediaId ?? '',
    ]),
  ).forEach(io.out);

const collect = (id: string, before: readonly string[] = []): readonly string[] => [...before, id];

export const registerWorkCommands = (program: Command, io: Io): void => {
  const work = program
    .command('work')
    .description('how far the work on exhibits is; what failed, to try again or to set aside');

  work
    .command('status')
    .description('each stage of each exhibit: done, of how many, failed; how fast it goes and what is left')
    .option('--operation <reference>', 'exhibits of an operation')
    .option('--case <reference>', 'exhibits of a case')
    .option('--exhibit <case/exhibit>', 'one exhibit')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExample:\n  $ redthread work status --operation tantalus`)
    .action(async ({ json, ...references }: ScopeInput & { readonly json?: boolean }) => {
      const { exhibits, status } = await withLocalSession(program, [], async (session) => {
        const answer = await exhibitsIn(session, references);
        await recordView(session, 'exhibits', { count: answer.length });
        return { exhibits: answer, status: await readStatus(session.store, session.ctx) };
      });
      if (json === true) return io.json({ exhibits, status });
      printExhibits(io, exhibits);
      io.out(paceOf(status));
    });

  work
    .command('failures <case/exhibit>')
    .description('what could not be read, decoded or compared, and what can be done about it')
    .option('--json', 'print a line of JSON a failure')
    .action(async (reference: string, { json }: { readonly json?: boolean }) => {
      const rows = await withLocalSession(program, [], async (session) => {
        const id = await exhibitNamed(session, reference);
        const answer = await allFailures(session, id);
        await recordView(session, 'failures', { object: { kind: 'exhibit', id }, count: answer.length });
        return answer;
      });
      if (json === true) rows.forEach((row) => io.json(row));
      else if (rows.length === 0) io.out('Every file could be used.');
      else printFailures(io, rows);
    });

  work
    .command('retry <case/exhibit>')
    .description('try again what failed; what was set aside or stopped its decoder twice only where --media names it')
    .option('--media <id>', 'only this one; may be given several times', collect)
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExample:\n  $ redthread work retry ES-2026-014/7`)
    .action(
      async (reference: string, { media, json }: { readonly media?: readonly string[]; readonly json?: boolean }) => {
        const named = media === undefined ? undefined : mediaIds(media);
        const answer = await withLocalSession(program, [], async ({ store, ctx }) =>
          retryFailedWork(store, ctx, { exhibit: await exhibitNamed({ store, ctx }, reference), media: named }),
        );
        if (json === true) io.json(answer);
        else
          io.out(
            `${thousands(answer.media)} media wait to be tried again; redthread work status shows how far they are`,
          );
      },
    );

  work
    .command('quarantine <case/exhibit>')
    .description('set files aside whose work failed: no worker opens them again, and retry leaves them out')
    .requiredOption('--media <id>', 'which; may be given several times', collect)
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print JSON')
    .action(
      async (
        reference: string,
        {
          media,
          reason,
          json,
        }: { readonly media: readonly string[]; readonly reason: string; readonly json?: boolean },
      ) => {
        const why = reasonOf(reason);
        const named = mediaIds(media);
        const answer = await withLocalSession(program, [], async ({ store, ctx }) =>
          setFailedWorkAside(store, ctx, {
            exhibit: await exhibitNamed({ store, ctx }, reference),
            media: named,
            reason: why,
          }),
        );
        if (json === true) io.json(answer);
        else io.out(`${thousands(answer.media)} media set aside`);
      },
    );
};
